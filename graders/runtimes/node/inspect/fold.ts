/** Text that is put together from pieces known before the program runs, so that `'gr' + 'ad'` is seen for what it is. */
import type { Scope } from './scopes.ts';
import { lookUp } from './scopes.ts';
import type { Node } from './syntax-tree.ts';
import { unwrap } from './syntax-tree.ts';

/** No name that matters is longer; beyond, folding stops. */
const longest = 100;

/** Folds expressions of one module, each constant once. */
export function createFolder(): (node: Node, scope: Scope) => string | undefined {
  // `null` while a constant is being folded: one that refers to itself has no value.
  const known = new Map<Node, string | undefined | null>();

  const constant = (node: Node, scope: Scope): string | undefined => {
    const earlier = known.get(node);
    if (earlier !== undefined || known.has(node)) return earlier ?? undefined;
    known.set(node, null);
    const value = fold(node, scope);
    known.set(node, value);
    return value;
  };

  const fold = (wrapped: Node, scope: Scope): string | undefined => {
    const node = unwrap(wrapped);
    switch (node.type) {
      case 'StringLiteral':
      case 'NumericLiteral':
        return short(String(node['value']));
      case 'TemplateLiteral':
        return joined(pieces(node), scope);
      case 'BinaryExpression':
        return node['operator'] === '+' ? joined([node['left'] as Node, node['right'] as Node], scope) : undefined;
      case 'Identifier': {
        const binding = lookUp(node['name'] as string, scope);
        return binding?.init === undefined ? undefined : constant(binding.init, binding.scope);
      }
      default:
        return undefined;
    }
  };

  const joined = (parts: readonly (Node | string)[], scope: Scope): string | undefined => {
    let text = '';
    for (const part of parts) {
      const value = typeof part === 'string' ? part : fold(part, scope);
      if (value === undefined) return undefined;
      text += value;
    }
    return short(text);
  };

  return fold;
}

const short = (text: string) => (text.length > longest ? undefined : text);

function pieces(template: Node): (Node | string)[] {
  const expressions = template['expressions'] as Node[];
  const texts = template['quasis'] as { value: { cooked?: string } }[];
  return texts.flatMap((text, i) => [
    text.value.cooked ?? '',
    ...(expressions[i] === undefined ? [] : [expressions[i]]),
  ]);
}
