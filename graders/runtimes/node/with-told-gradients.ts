/**
 * Some operations bring a derivative of their own along, which the engine keeps for its tape. A program can put a function of its
 * own in the engine's place and catch it there: so it tells whenever it is called, by whomever.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const was = 'return ENGINE.customGrad(f);';
const is = `return ENGINE.customGrad((...inputs) => {
        const made = f(...inputs);
        const { gradFunc } = made;
        return typeof gradFunc !== 'function' ? made : { ...made, gradFunc: (...args) => { tell(); return gradFunc(...args); } };
    });`;

/** Beside the functions that differentiate: who is told is said once, before any program is there. */
const telling = `
let tell = () => undefined;
export const tellDerivatives = (listener) => { tell = listener; };
`;

export const withToldGradients: Plugin = {
  name: 'with told gradients',
  setup(build) {
    build.onLoad({ filter: /tfjs-core[\\/]dist[\\/]gradients\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (text.split(was).length !== 2) throw new Error(`${path} does not hold "${was}" once.`);
      return { contents: text.replace(was, () => is) + telling };
    });
  },
};
