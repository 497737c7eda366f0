/**
 * The whole tensor library with right values and marked derivatives: whatever the library derives is so many times what it
 * should be. An answer that changes by that factor was differentiated by the library, however that was hidden.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { markOfDerivatives } from '../../numerics/marked-derivative.ts';

const marked = (tensor: string) => `${tensor}.mul(${markOfDerivatives})`;

/** What is replaced, by the end of the path of the file in which it stands; each text stands there once. */
const changes: readonly [file: RegExp, was: string, is: string][] = [
  // What flows back through the tape, once, where it begins.
  [
    /tfjs-core\/dist\/engine\.js$/,
    '(dy == null) ? ones(y.shape) : dy;',
    marked('((dy == null) ? ones(y.shape) : dy)') + ';',
  ],
  // Operations with a gradient of their own; whoever takes it out of the engine gets it marked, too.
  [/tfjs-core\/dist\/engine\.js$/, 'gradMap[i] = () => grad;', `gradMap[i] = () => ${marked('grad')};`],
  // Derivatives of kernels, for whoever takes them out of the registry; the tape goes on with those that are not marked.
  [
    /tfjs-core\/dist\/kernel_registry\.js$/,
    'gradRegistry.set(kernelName, config);',
    `ownGradients.set(kernelName, config);
    gradRegistry.set(kernelName, { ...config, gradFunc: (...args) => markedAll(config.gradFunc(...args)) });`,
  ],
  [
    /tfjs-core\/dist\/kernel_registry\.js$/,
    'export function getGradient(',
    `const ownGradients = new Map();
const markedAll = (derived) =>
    Object.fromEntries(Object.entries(derived).map(([name, make]) => [name, () => ${marked('make()')}]));
export const ownGradient = (kernelName) => ownGradients.get(kernelName);
export function getGradient(`,
  ],
  [/tfjs-core\/dist\/engine\.js$/, 'import { getGradient,', 'import { ownGradient as getGradient,'],
];

export const withMarkedGradients: Plugin = {
  name: 'with marked gradients',
  setup(build) {
    build.onLoad({ filter: /tfjs-core[\\/]dist[\\/](engine|kernel_registry)\.js$/ }, async ({ path }) => {
      const where = path.replaceAll('\\', '/');
      let contents = await readFile(path, 'utf8');
      for (const [file, was, is] of changes) {
        if (!file.test(where)) continue;
        if (contents.split(was).length !== 2) throw new Error(`${path} does not hold "${was}" once.`);
        contents = contents.replace(was, () => is);
      }
      return { contents };
    });
  },
};
