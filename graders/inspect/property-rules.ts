/** Properties that lead from any object to its class, to code made of text, or to the training of a model. */
import type { PropertyUse } from './read-module.ts';
import type { Broken, RuleContext } from './broken.ts';
import type { Node } from './syntax-tree.ts';
import { nameOf } from './syntax-tree.ts';
import { trainingMethods } from './tensor-library.ts';

/** Each leads to `Function`, or past what an object shows. */
const hidden = new Set([
  'constructor',
  '__proto__',
  'prototype',
  'getPrototypeOf',
  'setPrototypeOf',
  'getOwnPropertyDescriptor',
  'getOwnPropertyDescriptors',
  'defineProperty',
  'defineProperties',
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
  if (policy === 'no-autodiff' && trainingMethods.has(name) && !ownMethods.has(name)) {
    return {
      rule: 'training',
      message: `.${name} trains with automatic differentiation, which is not allowed in this task: compute gradient and update yourself with tensor operations.`,
    };
  }
  return undefined;
}

/** Common idioms that only read: `x.constructor.name`, `x.constructor === y`, `Object.prototype.hasOwnProperty.call(x, k)`. */
function isHarmless({ name, above }: PropertyUse): boolean {
  const [member, parent, grandparent] = [above.at(-1), above.at(-2), above.at(-3)];
  if (name === 'constructor') {
    return (
      isRead(parent, 'name') || (parent?.type === 'BinaryExpression' && /^[!=]==?$/.test(parent['operator'] as string))
    );
  }
  const owner = member?.type === 'MemberExpression' ? nameOf(member['object']) : undefined;
  const borrowed = ['Object', 'Array'].includes(owner ?? '') && isRead(parent);
  return name === 'prototype' && borrowed && (isRead(grandparent, 'call') || isRead(grandparent, 'apply'));
}

function isRead(node: Node | undefined, property?: string): boolean {
  if (node?.type !== 'MemberExpression' || node['computed'] === true) return false;
  return property === undefined || nameOf(node['property']) === property;
}
