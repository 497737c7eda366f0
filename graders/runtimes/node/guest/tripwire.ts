/**
 * Catches forbidden library calls while they happen, however they were obtained: the guarded functions stand in the
 * library's own objects and prototypes before student code loads, and cannot be replaced. Every call notes what it used,
 * armed or not: a program that behaves on the one call it believes to be watched is seen on all the others.
 */
import type { Policy } from '../../../model/assignment.ts';
import { entriesOf, isMap } from './intrinsics.ts';
import type { Library } from './library.ts';
import type { Tf } from './tf.ts';
import type { Bag, Callable, Outside } from './outside.ts';
import { GuestTrouble } from './trouble.ts';

export interface Tripwire {
  arm(policy: Policy): void;
  /** Ends the watch; tells what was used although it is forbidden, even if the student's code caught the exception. */
  disarm(): Watched;
  /** Guarded stand-ins for exports of the library. */
  exports: Readonly<Record<string, unknown>>;
}

interface Watched {
  /** What the armed policy forbids and was called all the same. */
  forbidden?: string;
  /** The first automatic differentiation that was used, whatever the policy. */
  differentiated?: string;
  /** The first that was asked of a library which has none. */
  absent?: string;
}

/** Guarded exports of the library, and how they are named to the student. */
const exported = ['grad', 'grads', 'valueAndGrad', 'valueAndGrads', 'variableGrads', 'customGrad', 'getGradient'];

/** Names that may stand in the registry of gradients. */
const kernelsOf = (tf: Tf) => new Set(tf.getKernelsForBackend(tf.getBackend()).map(({ kernelName }) => kernelName));

/** Puts the guards in place; to be called once, before student code runs. Behind the guards of `forwardOnly` there is nothing. */
export function createTripwire(outside: Outside, { tf, forwardOnly, tellDerivatives }: Library): Tripwire {
  let armed: Policy = 'free';
  let watched: Watched = {};
  /** What guards of operations stand in the place of. */
  const covered = new Map<string, PropertyDescriptor>();

  const guarded = (name: string, label: string, original: Callable, policy: Policy) =>
    outside.makeFunction(name, (self, args) => {
      if (policy === 'no-autodiff') watched.differentiated ??= label;
      if (armed === policy || (armed === 'plain-numbers' && policy === 'no-autodiff')) {
        watched.forbidden ??= label;
        throw outside.makeError('Error', `calls ${label}, which this task forbids`);
      }
      if (forwardOnly && policy === 'no-autodiff') {
        watched.absent ??= label;
        throw outside.makeError('Error', `calls ${label}, which is not there`);
      }
      return outside.apply(original, self, args);
    });
  const fix = (holder: object, name: string, label: string) => {
    const original = (holder as Bag)[name] as Callable;
    Object.defineProperty(holder, name, {
      value: guarded(name, label, original, 'no-autodiff'),
      enumerable: false,
      configurable: false,
      writable: false,
    });
  };

  const engine = tf.engine() as unknown as Bag;
  const prototype = Object.getPrototypeOf(engine) as Bag;
  for (const name of ['gradients', 'startTape', 'addTapeNode']) {
    fix(prototype, name, `engine().${name}`);
    fix(engine, name, `engine().${name}`);
  }
  for (const name of ['minimize', 'computeGradients', 'applyGradients']) {
    fix(tf.Optimizer.prototype, name, `optimizer.${name}`);
  }
  for (const model of [tf.LayersModel.prototype, tf.Sequential.prototype]) {
    for (const name of ['fit', 'fitDataset', 'trainOnBatch']) fix(model, name, `model.${name}`);
  }
  // However the registry is reached: what is in it trips when it is called.
  const registry = (outside.global['_tfGlobals'] as Map<unknown, unknown> | undefined)?.get('gradRegistry');
  if (forwardOnly) for (const kernelName of kernelsOf(tf)) tf.registerGradient({ kernelName, gradFunc: () => ({}) });
  for (const [kernel, config] of isMap(registry) ? entriesOf(registry) : []) {
    fix(config as object, 'gradFunc', `the gradient of ${String(kernel)}`);
  }
  tellDerivatives(guarded('gradFunc', 'the derivative of an operation', () => undefined, 'no-autodiff'));
  const exports: Record<string, unknown> = {};
  for (const name of exported) {
    const original = (tf as unknown as Bag)[name] as Callable | undefined;
    if (original) exports[name] = guarded(name, `tf.${name}`, original, 'no-autodiff');
  }

  /** While plain numbers are asked for, every operation of the library trips; outside that, operations run unguarded and fast. */
  const guardOperations = () => {
    for (const name of ['runKernel', 'runKernelFunc', 'makeTensor', 'makeTensorFromDataId']) {
      const original = Reflect.getOwnPropertyDescriptor(prototype, name);
      if (original === undefined || covered.has(name)) continue;
      const value = guarded(name, 'the tensor library', original.value as Callable, 'plain-numbers');
      if (!Reflect.defineProperty(prototype, name, { value, writable: true, enumerable: false, configurable: true }))
        throw new GuestTrouble({ kind: 'tampered', message: "closed the tensor library's engine" });
      covered.set(name, original);
    }
  };
  /** Where the program has closed the engine meanwhile they stay, and let through what is allowed. */
  const uncoverOperations = () => {
    for (const [name, original] of covered) if (Reflect.defineProperty(prototype, name, original)) covered.delete(name);
  };

  return {
    exports,
    arm: (policy) => {
      if (policy === 'plain-numbers') guardOperations();
      armed = policy;
      watched = {};
    },
    disarm: () => {
      armed = 'free';
      uncoverOperations();
      return watched;
    },
  };
}
