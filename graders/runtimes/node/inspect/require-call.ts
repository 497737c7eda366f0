/** `require('…')`: an import in the older style of Node, with the names that are taken from it. */
import type { Node } from './syntax-tree.ts';
import { nameOf, unwrap } from './syntax-tree.ts';

/** The module that `require('…')` names; undefined for anything else, also for a name that is not known beforehand. */
export function requiredModule(wrapped: Node | null | undefined): string | undefined {
  if (!wrapped) return undefined;
  const node = unwrap(wrapped);
  if (node.type !== 'CallExpression' || nameOf(node['callee']) !== 'require') return undefined;
  const [source, ...more] = node['arguments'] as Node[];
  return more.length === 0 && source?.type === 'StringLiteral' ? (source['value'] as string) : undefined;
}

/** Local name and name in the module of each `{ a, b: c }`; undefined when a pattern takes more than it names. */
export function namesTaken(pattern: Node): { local: string; imported: string; node: Node }[] | undefined {
  const taken: { local: string; imported: string; node: Node }[] = [];
  for (const property of pattern['properties'] as Node[]) {
    const imported = nameOf(property['key'], property['computed'] === true);
    const target = property['value'] as Node | undefined;
    const local = target?.type === 'Identifier' ? nameOf(target) : undefined;
    if (property.type !== 'ObjectProperty' || imported === undefined || local === undefined) return undefined;
    taken.push({ local, imported, node: property });
  }
  return taken;
}
