/** How the deep-learning library may be used in a task without automatic differentiation. */
import { nearestName } from './nearest-name.ts';
import type { ModuleReading, NameUse } from './read-module.ts';
import { propertyName } from './read-module.ts';
import type { Broken } from './broken.ts';
import type { Node } from './syntax-tree.ts';
import { changes, isComparison, isMember, nameOf } from './syntax-tree.ts';
import { allowedExports, forbiddenExports, isTensorLibrary } from './tensor-library.ts';

/** Whether one name of the library may be used. */
export function exportBreach(name: string): Broken | undefined {
  if (allowedExports.has(name)) return undefined;
  const advice = forbiddenExports.get(name);
  if (advice !== undefined) return { rule: 'library', message: `tf.${name}: ${advice}` };
  const meant = nearestName(name, allowedExports);
  const hint =
    meant === undefined ? 'use its tensor operations, e.g. tf.matMul, tf.sub, tf.sum.' : `did you mean tf.${meant}?`;
  return { rule: 'library', message: `tf.${name} is not among what this task allows of the library: ${hint}` };
}

/** Whether a use of a name that stands for the whole library shows which part of it is meant; anything else lets it escape. */
export function namespaceBreach(use: NameUse, reading: ModuleReading): Broken | undefined {
  const from = use.binding?.from;
  if (from === undefined || !isTensorLibrary(from.source) || !['*', 'default'].includes(from.imported))
    return undefined;
  const parent = use.above.at(-1);
  if (isMember(parent) && use.field === 'object') {
    const name = propertyName(parent, use.scope, reading);
    if (name === undefined) return escapes(use.name, 'a name that is only known when the program runs');
    if (isHarmlessPart(name, use.above)) return undefined;
    const target = use.above.at(-2);
    return exportBreach(name) ?? (changes(target, parent) ? escapes(use.name, 'changing the library') : undefined);
  }
  if (parent?.type === 'VariableDeclarator' && use.field === 'init')
    return takenApart(parent['id'] as Node, use, reading);
  if (isOnlyAsked(parent, use.field)) return undefined;
  return escapes(use.name, 'passing on the whole library');
}

/** `typeof tf`, `!tf`, `tf === undefined`, `'relu' in tf`, `if (tf)`: the library itself goes nowhere. */
function isOnlyAsked(parent: Node | undefined, field: string): boolean {
  if (parent?.type === 'UnaryExpression') return parent['operator'] === 'typeof' || parent['operator'] === '!';
  if (parent?.type === 'BinaryExpression' && parent['operator'] === 'in') return field === 'right';
  return isComparison(parent) || (field === 'test' && parent !== undefined);
}

/** What of a part that is closed as a whole does no harm: flags of the environment, the registration of one's own layers. */
const harmlessParts: Record<string, { called: boolean; names: readonly string[] }> = {
  env: { called: true, names: ['get', 'getAsync', 'getBool', 'getNumber', 'getString', 'getFlags', 'set', 'setFlags'] },
  serialization: { called: false, names: ['registerClass', 'Serializable'] },
};

function isHarmlessPart(name: string, above: readonly Node[]): boolean {
  const part = Object.hasOwn(harmlessParts, name) ? harmlessParts[name] : undefined;
  if (part === undefined) return false;
  const [member, next] = part.called ? [above.at(-3), above.at(-2)] : [above.at(-2), undefined];
  if (part.called && (next?.type !== 'CallExpression' || next['callee'] !== above.at(-1))) return false;
  return isMember(member) && member['computed'] !== true && part.names.includes(nameOf(member['property']) ?? '');
}

/** `const { matMul, sub } = tf` names what it takes. */
function takenApart(pattern: Node, use: NameUse, reading: ModuleReading): Broken | undefined {
  if (pattern.type !== 'ObjectPattern') return escapes(use.name, 'giving the library another name');
  for (const property of pattern['properties'] as Node[]) {
    // `...rest` has no key, and so no name.
    const key = { ...property, property: property['key'] } as Node;
    const name = propertyName(key, use.scope, reading);
    const broken =
      name === undefined ? escapes(use.name, 'a name that is only known when the program runs') : exportBreach(name);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

const escapes = (name: string, how: string): Broken => ({
  rule: 'namespace',
  message: `${how[0]!.toUpperCase()}${how.slice(1)} is not allowed in this task: write ${name}.matMul, ${name}.sub and so on where you need them.`,
});
