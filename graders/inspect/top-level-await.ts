/** `await tf.ready();` outside of a function, as a statement of its own: the sandbox loads modules at once and cannot wait. */
import type { Node } from './syntax-tree.ts';
import { childrenOf } from './syntax-tree.ts';

const awaits = 'await';
/** As long as `await`, so that every later place in the text stays where it is. */
const starts = 'void ';

const functions = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ObjectMethod|Class\w+)$/;

/**
 * The text with `void` for each `await` that only waits: what it waits for is started all the same. An `await` whose value is
 * used stays, and the compiler says so.
 */
export function withoutIdleAwaits(text: string, program: Node): string {
  let result = text;
  const visit = (node: Node): void => {
    if (functions.test(node.type)) return;
    const inner = node.type === 'ExpressionStatement' ? (node['expression'] as Node) : undefined;
    if (inner?.type === 'AwaitExpression' && text.startsWith(awaits, inner.start)) {
      result = result.slice(0, inner.start) + starts + result.slice(inner.start + awaits.length);
    }
    for (const [, child] of childrenOf(node)) visit(child);
  };
  visit(program);
  return result;
}
