/**
 * Puts tfjs-node's kernels into one file with the same tfjs that the other backends have: the package's own copy of the
 * library, its file system and its image functions stay out.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** What was built on this machine, as far as the guest's files are made of it. */
export interface NativeParts {
  /** Folder of the binding. */
  dir: string;
  /** The kernels, as one CommonJS module. */
  kernels: string;
  /** Environment of a process that loads the binding. */
  env: Readonly<Record<string, string>>;
}

/** The kernels are classes of before 2015, which call their base class as a function. */
const callableBase = `
export * from 'gradmark:library';
import { KernelBackend as Base } from 'gradmark:library';
export function KernelBackend() { return Reflect.construct(Base, [], this.constructor); }
KernelBackend.prototype = Base.prototype;
`;

/** Two functions that the kernels use and Node has removed. */
const formerUtil = `
export const isArray = Array.isArray;
export const isNullOrUndefined = (x) => x === null || x === undefined;
`;

/**
 * Operations of TensorFlow that differentiate by themselves: these losses give their derivative beside their value, and one differentiates
 * whatever function it is handed. No kernel of tfjs is made of them; who asks the binding for one is told of. The binding as it is stays here.
 */
const entry = `
export * from 'gradmark:library';
import { registerBackend } from 'gradmark:library';
import { NodeJSKernelBackend } from 'gradmark:kernels';
const derives = Object.create(null);
for (const name of ['SoftmaxCrossEntropyWithLogits', 'SparseSoftmaxCrossEntropyWithLogits', 'CTCLoss', 'CTCLossV2', 'SymbolicGradient']) derives[name] = true;
let tell = () => undefined;
export const tellNativeDerivatives = (listener) => { tell = listener; };
const told = (binding) => {
  const all = {};
  for (const name of Object.getOwnPropertyNames(binding)) all[name] = binding[name];
  all.executeOp = (name, attributes, inputs, outputs) => {
    // Of what is no text the binding knows no operation.
    if (typeof name === 'string' && derives[name]) tell();
    return binding.executeOp(name, attributes, inputs, outputs);
  };
  return all;
};
export const startNative = (binding) => registerBackend('tensorflow', () => new NodeJSKernelBackend(told(binding), '@tensorflow/tfjs-node'), 3);
`;

/** Entry of the bundle, and the plugin that resolves what stands in it; `library` is the text of tfjs itself. */
export function nativeBundle(
  { kernels }: NativeParts,
  library: string,
  resolveDir: string,
): { entry: string; plugin: Plugin } {
  const texts: Record<string, () => string | Promise<string>> = {
    library: () => library,
    kernels: () => readFile(kernels, 'utf8'),
    callable: () => callableBase,
    util: () => formerUtil,
  };
  const name = 'gradmark';
  const plugin: Plugin = {
    name: 'tfjs-node',
    setup(build) {
      build.onResolve({ filter: /^gradmark:/ }, ({ path }) => ({ path: path.slice(9), namespace: name }));
      build.onResolve({ filter: /^(util|@tensorflow\/tfjs)$/ }, ({ path, importer, namespace }) => {
        if (namespace !== name || importer !== 'kernels') return undefined;
        return { path: path === 'util' ? 'util' : 'callable', namespace: name };
      });
      build.onLoad({ filter: /./, namespace: name }, async ({ path }) => ({
        contents: await texts[path]!(),
        resolveDir,
      }));
    },
  };
  return { entry, plugin };
}
