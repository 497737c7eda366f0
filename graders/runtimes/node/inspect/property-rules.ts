/** Properties that lead from any object to its class, to code made of text, or to the training of a model. */
import type { PropertyUse } from './read-module.ts';
import type { Broken, RuleContext } from './broken.ts';
import { isLocal } from '../language/program-files.ts';
import { lookUp } from './scopes.ts';
import type { Node } from './syntax-tree.ts';
import { changes, isComparison, isMember, nameOf, unwrap } from './syntax-tree.ts';
import { trainingMethods } from './tensor-library.ts';

/** Each leads to `Function`, or past what an object shows. */
const hidden = new Set([
  'constructor',
  '__proto__',
  'prototype',
  'getPrototypeOf',
  'getOwnPropertyDescriptor',
  'getOwnPropertyDescriptors',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
]);

/** Whether a property may be touched. */
export function propertyBreach(use: PropertyUse, { policy, ownMethods }: RuleContext): Broken | undefined {
  const { name } = use;
  if (policy === 'free') return undefined;
  if (hidden.has(name) && !isHarmless(use)) {
    return { rule: 'hidden-access', message: `.${name} is not allowed: use the object's own fields and methods.` };
  }
  // A scaler with a method `fit` is the student's own work, not the training of a model.
  if (policy === 'no-autodiff' && trainingMethods.has(name) && !ownMethods.has(name) && !isOwnModule(use)) {
    return {
      rule: 'training',
      message: `.${name} trains with automatic differentiation, which is not allowed in this task: compute gradient and update yourself with tensor operations.`,
    };
  }
  return undefined;
}

/** The ways from a function's class to a call of it. */
const callers = ['call', 'apply', 'bind', 'constructor'];

/**
 * Common idioms that lead nowhere: `x.constructor.name`, `new this.constructor(…)`, `Object.prototype.hasOwnProperty.call(x, k)`,
 * `Object.getPrototypeOf(x) === Object.prototype`, `Layer.prototype.forward = …` of a class of one's own.
 */
function isHarmless({ name, above, scope }: PropertyUse): boolean {
  const [member, parent, grandparent] = [above.at(-1), above.at(-2), above.at(-3)];
  if (name === 'constructor' && member?.type === 'ObjectPattern') return !isFunction(valueOf(parent));
  if (!isMember(member)) return false;
  if (name === 'constructor') return isHarmlessClass(member, parent);
  if (name === 'getPrototypeOf') return parent?.type === 'CallExpression' && isComparison(grandparent);
  if (name !== 'prototype') return false;
  if (isComparison(parent) || isAsked(parent) || (member['object'] as Node).type === 'MetaProperty') return true;
  const owner = nameOf(member['object']);
  const binding = owner === undefined ? undefined : lookUp(owner, scope);
  const made = binding?.init === undefined ? binding?.declares : unwrap(binding.init);
  if (made !== undefined) return /^(Class|Function)(Declaration|Expression)$/.test(made.type);
  if (binding !== undefined) return false;
  return (isRead(parent, member) && !changes(grandparent, parent!)) || isAddition(owner, member, parent);
}

/** Data, to whose methods programs add their own. */
const extended: ReadonlyMap<string | undefined, object> = new Map(
  [Array, Number, String, Map, Set, Float32Array, Float64Array].map((kind) => [kind.name, kind.prototype as object]),
);

/** `Array.prototype.sum = …`, `Object.defineProperty(Array.prototype, 'sum', …)`: what is there already stays as it is. */
function isAddition(owner: string | undefined, member: Node, parent: Node | undefined): boolean {
  const prototype = extended.get(owner);
  const name = isRead(parent, member) ? nameOf(parent!['property']) : nameDefined(parent, member);
  return prototype !== undefined && name !== undefined && /^[A-Za-z]\w*$/.test(name) && !(name in prototype);
}

/** The name that `Object.defineProperty` gives to what it puts there. */
function nameDefined(call: Node | undefined, member: Node): string | undefined {
  if (call?.type !== 'CallExpression') return undefined;
  const { callee, arguments: args } = call as unknown as { callee: Node; arguments: Node[] };
  const [target, key] = args;
  const defines =
    isMember(callee) && nameOf(callee['object']) === 'Object' && nameOf(callee['property']) === 'defineProperty';
  if (!defines || target === undefined || unwrap(target) !== member) return undefined;
  return key?.type === 'StringLiteral' ? (key['value'] as string) : undefined;
}

/**
 * The class of an object is its own business. That of a function makes code of text, which the sandbox refuses; it is told
 * beforehand where the text shows it: called like a function, asked for its own class, or the name hidden.
 */
function isHarmlessClass(member: Node, parent: Node | undefined): boolean {
  if (isFunction(unwrap(member['object'] as Node))) return false;
  if (member['computed'] === true && (member['property'] as Node).type !== 'StringLiteral') return false;
  if (/^(Optional)?CallExpression$/.test(parent?.type ?? '') && unwrap(parent!['callee'] as Node) === member)
    return false;
  const next = isMember(parent) && unwrap(parent['object'] as Node) === member ? nameOf(parent['property']) : undefined;
  return !callers.includes(next ?? '');
}

/** `'last' in Array.prototype`: whether something is there. */
const isAsked = (node: Node | undefined) => node?.type === 'BinaryExpression' && node['operator'] === 'in';

const isFunction = (node: Node | undefined) => node !== undefined && /Function(Expression)?$/.test(node.type);

/** What a pattern takes apart, where it is declared. */
const valueOf = (declarator: Node | undefined): Node | undefined =>
  declarator?.type === 'VariableDeclarator' && declarator['init'] ? unwrap(declarator['init'] as Node) : undefined;

/** `lines.fit(…)` of `import * as lines from './lines'` is the student's own function. */
function isOwnModule({ above, scope }: PropertyUse): boolean {
  const owner = isMember(above.at(-1)) ? nameOf(above.at(-1)!['object']) : undefined;
  const from = owner === undefined ? undefined : lookUp(owner, scope)?.from;
  return from?.imported === '*' && isLocal(from.source);
}

const isRead = (node: Node | undefined, object: Node): boolean =>
  isMember(node) && node['computed'] !== true && unwrap(node['object'] as Node) === object;
