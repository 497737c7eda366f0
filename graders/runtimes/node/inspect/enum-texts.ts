/**
 * How much text the compiler would write for the enums of a module: it puts their values together, and the text itself in
 * every place where a member is named. A line that doubles the line before it fills any memory.
 */
import type { Node } from './syntax-tree.ts';
import { childrenOf, isMember, nameOf } from './syntax-tree.ts';

/** Characters; a hundred times the text of the longest honest file. */
const most = 2_000_000;

/** Whether the values of enums, in all places where they are named, are more text than any module needs. */
export function tooMuchEnumText(program: Node): boolean {
  const sizes = new Map<string, number>();
  let total = 0;
  const sizeOf = (node: Node): number => {
    if (node.type === 'StringLiteral') return (node['value'] as string).length + 1;
    if (node.type === 'TemplateElement') return node.end - node.start + 1;
    if (node.type === 'Identifier') return sizes.get(node['name'] as string) ?? 1;
    const children = childrenOf(node).map(([, child]) => child);
    const named = isMember(node) ? memberSize(node) : 0;
    return Math.max(
      1,
      named,
      children.reduce((sum, child) => sum + sizeOf(child), 0),
    );
  };
  /** Of the member that is named; of the longest where a text is put together to name it. */
  const memberSize = (node: Node): number => {
    const property = node['property'] as Node;
    const name = nameOf(property, node['computed'] === true);
    if (name !== undefined) return sizes.get(name) ?? 0;
    return holdsText(property, sizes) ? Math.max(0, ...sizes.values()) : 0;
  };
  // In the order of the text, in which alone one value can be made of another.
  inOrder(program, (node) => {
    if (node.type !== 'TSEnumMember') return;
    const initializer = node['initializer'] as Node | null | undefined;
    const name = nameOf(node['id']);
    if (!initializer || name === undefined) return;
    const size = sizeOf(initializer);
    total += size;
    sizes.set(name, Math.max(size, sizes.get(name) ?? 0));
  });
  if (sizes.size === 0) return false;
  inOrder(program, (node) => {
    if (isMember(node)) total += memberSize(node);
  });
  return total > most;
}

/** Whether a text or a member of an enum is part of it. */
function holdsText(node: Node, sizes: ReadonlyMap<string, number>): boolean {
  if (/^(StringLiteral|TemplateLiteral)$/.test(node.type)) return true;
  if (isMember(node) && sizes.has(nameOf(node['property']) ?? '')) return true;
  return childrenOf(node).some(([, child]) => holdsText(child, sizes));
}

function inOrder(program: Node, visit: (node: Node) => void): void {
  const waiting = [program];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    visit(node);
    for (const [, child] of childrenOf(node).reverse()) waiting.push(child);
  }
}
