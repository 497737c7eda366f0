/**
 * How the deep-learning library may be used in a task without automatic differentiation. What a text names is judged here;
 * where the whole library goes as a value (an argument, a property, a name made when the program runs) cannot be read off
 * the text, and a helper of one's own does no harm: there the tripwire inside the sandbox sees what is called.
 */
import { nearestName } from '../language/nearest-name.ts';
import type { ModuleReading, NameUse } from './read-module.ts';
import { propertyName } from './read-module.ts';
import type { Broken } from './broken.ts';
import type { Binding } from './scopes.ts';
import { lookUp } from './scopes.ts';
import type { Node } from './syntax-tree.ts';
import { changes, isMember, nameOf, unwrap } from './syntax-tree.ts';
import { allowedExports, forbiddenExports, isTensorLibrary, noAutodiff } from './tensor-library.ts';

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

/** Whether what a use of the whole library's name shows of it is allowed. */
export function namespaceBreach(use: NameUse, reading: ModuleReading): Broken | undefined {
  if (!isWholeLibrary(use.binding)) return undefined;
  const parent = use.above.at(-1);
  if (isMember(parent) && use.field === 'object') {
    const name = propertyName(parent, use.scope, reading);
    if (name === 'engine') return engineBreach(use.above);
    if (name === undefined || isHarmlessPart(name, use.above)) return undefined;
    return exportBreach(name) ?? (changes(use.above.at(-2), parent) ? changed(use.name) : undefined);
  }
  if (parent?.type !== 'VariableDeclarator' || use.field !== 'init') return undefined;
  return takenApart(parent['id'] as Node, use, reading);
}

/** More names for one thing than anybody gives it. */
const mostAliases = 10;

/** The namespace of the library, or a constant that is another name for it. */
function isWholeLibrary(binding: Binding | undefined): boolean {
  let at = binding;
  for (let steps = 0; steps < mostAliases && at !== undefined; steps++) {
    if (at.from !== undefined) return isTensorLibrary(at.from.source) && ['*', 'default'].includes(at.from.imported);
    const same = at.init === undefined ? undefined : unwrap(at.init);
    at = same?.type === 'Identifier' ? lookUp(nameOf(same)!, at.scope) : undefined;
  }
  return false;
}

/** What of a part that is closed as a whole does no harm: flags of the environment, the registration of one's own layers. */
const harmlessParts: Record<string, { called: boolean; allows(name: string): boolean }> = {
  env: { called: true, allows: (name) => flags.includes(name) },
  serialization: { called: false, allows: (name) => name === 'registerClass' || name === 'Serializable' },
};

const flags = ['get', 'getAsync', 'getBool', 'getNumber', 'getString', 'getFlags', 'set', 'setFlags'];

function isHarmlessPart(name: string, above: readonly Node[]): boolean {
  const part = Object.hasOwn(harmlessParts, name) ? harmlessParts[name] : undefined;
  if (part === undefined) return false;
  const member = part.called ? calledMember(above) : above.at(-2);
  return isMember(member) && member['computed'] !== true && part.allows(nameOf(member['property']) ?? '');
}

/** Of `tf.engine().x` the member `.x`. */
function calledMember(above: readonly Node[]): Node | undefined {
  const call = above.at(-2);
  return call?.type === 'CallExpression' && call['callee'] === above.at(-1) ? above.at(-3) : undefined;
}

/** `tf.engine().gradients`, `.startTape` and their like differentiate; scopes and figures are house-keeping. */
function engineBreach(above: readonly Node[]): Broken | undefined {
  const member = calledMember(above);
  const name = isMember(member) ? nameOf(member['property']) : undefined;
  if (name === undefined || !/grad|tape/i.test(name)) return undefined;
  return { rule: 'library', message: `tf.engine().${name}: ${noAutodiff}` };
}

/** `const { matMul, sub } = tf` names what it takes. */
function takenApart(pattern: Node, use: NameUse, reading: ModuleReading): Broken | undefined {
  if (pattern.type !== 'ObjectPattern') return undefined;
  for (const property of pattern['properties'] as Node[]) {
    // `...rest` has no key, and so no name.
    const name = propertyName({ ...property, property: property['key'] } as Node, use.scope, reading);
    const broken = name === undefined ? undefined : exportBreach(name);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

const changed = (name: string): Broken => ({
  rule: 'namespace',
  message: `Changing the library is not allowed in this task: write ${name}.matMul, ${name}.sub and so on where you need them.`,
});
