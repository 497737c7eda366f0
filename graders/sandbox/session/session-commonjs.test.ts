/** Modules in the older style of Node, and of every ending, as the inspector compiles them and the sandbox runs them. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Inspector } from '../../runtimes/node/inspect/inspector.ts';
import { createInspector } from '../../runtimes/node/inspect/inspector.ts';
import { openSession, type Session } from './session.ts';
import { launchOptions } from './session.testing.ts';

let inspector: Inspector;
beforeAll(() => {
  inspector = createInspector();
});
afterAll(() => inspector.close());

let session: Session | undefined;
afterEach(() => session?.close());

async function open(files: Record<string, string>): Promise<Session> {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const [module, imports] = [sources[0]!.path, ['@tensorflow/tfjs']];
  const { breaches, syntax, modules } = await inspector.inspect({
    files: sources,
    module,
    policy: 'no-autodiff',
    imports,
    given: [],
  });
  expect([breaches, syntax]).toEqual([[], undefined]);
  session = await openSession({ launch: await launchOptions(), modules, imports });
  return session;
}

test.each([
  ['module.exports = { f }', `const f = (x) => tf.sum(tf.mul(twice(x), 2)); module.exports = { f, other: 1 };`],
  ['exports.f', `exports.f = function (x) { return tf.sum(tf.mul(twice(x), 2)); };`],
  ['module.exports.f', `module.exports.f = (x) => tf.sum(tf.mul(twice(x), 2));`],
  ['module.exports = f', `function f(x) { return tf.sum(tf.mul(twice(x), 2)); }\nmodule.exports = f;`],
  [
    'a class with a static method',
    `class Q { static f(x) { return tf.sum(tf.mul(twice(x), 2)); } }\nmodule.exports = Q;`,
  ],
])('CommonJS with %s works, whatever the ending', async (_, text) => {
  for (const path of ['q1.ts', 'q1.js', 'q1.cjs', 'q1.cts']) {
    const s = await open({
      [path]: `'use strict';\nconst tf = require('@tensorflow/tfjs');\nconst { twice } = require('./lib/help');\n${text}`,
      'lib/help.cjs': `const { add } = require('@tensorflow/tfjs');\nconst k = require('../k.json');\nexports.twice = (x) => add(x, k.k);`,
      'k.json': '{ "k": 1 }',
    });
    const x = {
      kind: 'array',
      container: 'tensor',
      dtype: 'float32',
      shape: [2],
      data: Float64Array.of(1, 2),
    } as const;
    expect((await s.call({ module: path, name: 'f' }, [x])).value, path).toMatchObject({ data: Float64Array.of(10) });
    await s.close();
  }
});

test('files of every ending import each other, under the name they have or will have', async () => {
  const s = await open({
    'q1.ts': `import { a } from './a.mjs';\nimport { b } from './b';\nimport { c } from './c.js';\nimport { d } from './d/index.cjs';\nimport { e } from './e';
      export const f = () => [a, b, c, d, e].join('');`,
    'a.mts': `export const a: string = 'a';`,
    'b.cts': `export const b = 'b' as string;`,
    'c.tsx': `export const c = <T,>(x: T) => x;\nexport const unused = () => <p>{c}</p>;`,
    'd/index.cts': `export const d = 'd';`,
    'e.jsx': `import { q } from './q2.cjs';\nexports.e = q;`,
    'q2.ts': `export const q = 'e';`,
  });
  expect((await s.call({ module: 'q1.ts', name: 'f' }, [])).value).toMatch(/^ab.*de$/);
});
