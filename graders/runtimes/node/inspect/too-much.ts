/** What no person writes and the compiler would take minutes for, since its time grows with the square of it. */
import { tooMuchEnumText } from './enum-texts.ts';
import type { Node } from './syntax-tree.ts';
import { childrenOf, nameOf } from './syntax-tree.ts';

/** Expressions joined by commas, or repeated keys, of one expression: a hundred times what minified code has. */
const most = 2000;

/** Of the squares of all those numbers in a module: shorter ones, often enough, take as long. */
const mostSquares = 10 * most ** 2;

/** The sentence about the first such expression of a module, without its subject; undefined for everything that people write. */
export function tooMuch(program: Node): string | undefined {
  const waiting = [program];
  let [commas, repeats] = [0, 0];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === 'SequenceExpression') {
      const { length } = node['expressions'] as Node[];
      commas += length ** 2;
      if (length > most || commas > mostSquares) {
        return `joins more than ${most} expressions by commas at line ${node.loc.start.line}, or many of them often: write statements`;
      }
    }
    if (node.type === 'ObjectExpression' || node.type === 'ClassBody') {
      const again = repeated((node['properties'] ?? node['body']) as Node[]);
      repeats += again ** 2;
      if (again > most || repeats > mostSquares) {
        return `repeats the names of an object more than ${most} times at line ${node.loc.start.line}, or of many objects: write each once`;
      }
    }
    for (const [, child] of childrenOf(node)) waiting.push(child);
  }
  return tooMuchEnumText(program)
    ? 'puts more text together in its enums than any program needs: write them out'
    : undefined;
}

function repeated(members: readonly Node[]): number {
  const names = members.flatMap((member) => nameOf(member['key']) ?? []);
  return names.length - new Set(names).size;
}
