/**
 * The tensor library without what differentiates: the derivatives of the kernels are not registered, and the tape, the
 * functions of the `grad` family, the steps of optimizers and the training of models are cut out of the text. What is left
 * computes forwards, as before.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { childrenOf, nameOf, parseSource, type Node } from './inspect/syntax-tree.ts';

/** Stands where something was cut out. The guest puts its own words there for everything that a program can reach. */
const gone = "throw new Error('This library does not differentiate.');";

/** Methods that are emptied, by the end of the path of the file in which they stand. */
const methods: readonly [file: RegExp, names: readonly string[]][] = [
  [/tfjs-core\/dist\/engine\.js$/, ['gradients', 'startTape', 'addTapeNode']],
  [/tfjs-core\/dist\/optimizers\/\w+\.js$/, ['minimize', 'computeGradients', 'applyGradients']],
  [/tfjs-layers\/dist\/engine\/training\.js$/, ['makeTrainFunction', 'fit', 'fitLoop', 'fitDataset', 'trainOnBatch']],
  [/tfjs-layers\/dist\/models\.js$/, ['fit', 'fitDataset', 'trainOnBatch']],
];

const refuses = (names: readonly string[]) => names.map((name) => `export function ${name}() { ${gone} }`).join('\n');

/** Whole files that are others; some operations are written with a gradient of their own, of which the forward half stays. */
const files: readonly [file: RegExp, text: string][] = [
  [/tfjs-core\/dist\/register_all_gradients\.js$/, ''],
  [/tfjs-core\/dist\/tape\.js$/, refuses(['getFilteredNodesXToY', 'backpropagateGradients'])],
  [
    /tfjs-core\/dist\/gradients\.js$/,
    `import { ENGINE } from './engine';
${refuses(['grad', 'grads', 'valueAndGrad', 'valueAndGrads', 'variableGrads'])}
export const customGrad = (f) => (...inputs) => ENGINE.tidy(() => f(...inputs, () => undefined).value);
export const tellDerivatives = () => undefined;
`,
  ],
];

export const withoutGradients: Plugin = {
  name: 'without gradients',
  setup(build) {
    build.onLoad({ filter: /tfjs-(core|layers)[\\/]dist[\\/].*\.js$/ }, async ({ path }) => {
      const where = path.replaceAll('\\', '/');
      const whole = files.find(([file]) => file.test(where));
      if (whole !== undefined) return { contents: whole[1] };
      const named = methods.find(([file]) => file.test(where));
      if (named === undefined) return undefined;
      return { contents: emptied({ path: where, text: await readFile(path, 'utf8') }, named[1]) };
    });
  },
};

/** The text with the bodies of these methods replaced, wherever a class has one of the name. */
function emptied(file: { path: string; text: string }, names: readonly string[]): string {
  const parsed = parseSource(file);
  if (!('program' in parsed)) throw new Error(`${file.path} cannot be read: ${parsed.message}`);
  const bodies: Node[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'ClassMethod' && names.includes(nameOf(node['key']) ?? '')) bodies.push(node['body'] as Node);
    else for (const [, child] of childrenOf(node)) visit(child);
  };
  visit(parsed.program);
  bodies.sort((a, b) => b.start - a.start);
  return bodies.reduce((left, { start, end }) => `${left.slice(0, start)}{ ${gone} }${left.slice(end)}`, file.text);
}
