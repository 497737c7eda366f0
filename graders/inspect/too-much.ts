/** What no person writes and the compiler would take minutes for, since its time grows with the square of it. */
import type { Node } from './syntax-tree.ts';
import { childrenOf, nameOf } from './syntax-tree.ts';

/** Expressions joined by commas, or repeated keys, of one expression: a hundred times what minified code has. */
const most = 2000;

/** The sentence about the first such expression of a module, without its subject; undefined for everything that people write. */
export function tooMuch(program: Node): string | undefined {
  const waiting = [program];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === 'SequenceExpression' && (node['expressions'] as Node[]).length > most) {
      return `joins more than ${most} expressions by commas at line ${node.loc.start.line}: write statements`;
    }
    if (node.type === 'ObjectExpression' || node.type === 'ClassBody') {
      const members = (node['properties'] ?? node['body']) as Node[];
      if (members.length > most && repeated(members) > most) {
        return `repeats the names of an object more than ${most} times at line ${node.loc.start.line}: write each once`;
      }
    }
    for (const [, child] of childrenOf(node)) waiting.push(child);
  }
  return undefined;
}

function repeated(members: readonly Node[]): number {
  const names = members.flatMap((member) => nameOf(member['key']) ?? []);
  return names.length - new Set(names).size;
}
