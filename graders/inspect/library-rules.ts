/** How the deep-learning library may be used in a task without automatic differentiation. */
import { nearestName } from './nearest-name.ts';
import type { ModuleReading, NameUse } from './read-module.ts';
import { propertyName } from './read-module.ts';
import type { Broken } from './broken.ts';
import type { Node } from './syntax-tree.ts';
import { unwrap } from './syntax-tree.ts';
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
  if (parent !== undefined && isMember(parent) && use.field === 'object') {
    const name = propertyName(parent, use.scope, reading);
    if (name === undefined) return escapes(use.name, 'a name that is only known when the program runs');
    const target = use.above.at(-2);
    return exportBreach(name) ?? (changes(target, parent) ? escapes(use.name, 'changing the library') : undefined);
  }
  if (parent?.type === 'VariableDeclarator' && use.field === 'init')
    return takenApart(parent['id'] as Node, use, reading);
  if (parent?.type === 'UnaryExpression' && parent['operator'] === 'typeof') return undefined;
  return escapes(use.name, 'passing on the whole library');
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

function changes(target: Node | undefined, member: Node): boolean {
  if (target?.type === 'AssignmentExpression') return unwrap(target['left'] as Node) === member;
  return target?.type === 'UpdateExpression' || (target?.type === 'UnaryExpression' && target['operator'] === 'delete');
}

const isMember = (node: Node) => node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';

const escapes = (name: string, how: string): Broken => ({
  rule: 'namespace',
  message: `${how[0]!.toUpperCase()}${how.slice(1)} is not allowed in this task: write ${name}.matMul, ${name}.sub and so on where you need them.`,
});
