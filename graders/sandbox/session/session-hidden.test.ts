/**
 * What the text of a program does not show, so that inspection lets it pass: differentiation reached by other ways, and packages
 * that are not there. Each is seen where it is used, and nowhere else.
 */
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Inspection } from '../../runtimes/node/inspect/inspection.ts';
import type { Inspector } from '../../runtimes/node/inspect/inspector.ts';
import { createInspector } from '../../runtimes/node/inspect/inspector.ts';
import { tensorPackages } from '../../runtimes/node/language/program-files.ts';
import { openSession, type Session } from './session.ts';
import { array, launchOptions } from './session.testing.ts';

const x = array([1, 2, 3], [3]);
let inspector: Inspector;
beforeAll(() => {
  inspector = createInspector();
});
afterAll(() => inspector.close());

/** Inspects each module with what it imports. */
async function read(files: Record<string, string>, modules: readonly string[]): Promise<Inspection[]> {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const rest = { policy: 'no-autodiff', imports: tensorPackages, given: [] } as const;
  return Promise.all(modules.map((module) => inspector.inspect({ files: sources, module, ...rest })));
}

async function open(inspections: readonly Inspection[]): Promise<Session> {
  const modules = new Map(inspections.flatMap((it) => it.modules).map((module) => [module.path, module]));
  return openSession({ launch: await launchOptions(), modules: [...modules.values()], imports: tensorPackages });
}

const asTf = `import * as tf from '@tensorflow/tfjs';\n`;
const helpers = {
  'all.ts': `export * from '@tensorflow/tfjs';`,
  'named.ts': `export * as lib from '@tensorflow/tfjs';`,
  'passed.ts': `${asTf}export { tf as lib };\nexport default tf;`,
  'take.ts': `export const slope = (lib: any, f: any, x: any) => lib.grad(f)(x);`,
};
const square = '(v: any) => v.square().sum()';

/** Each differentiates v² at x. */
const ways: [string, string][] = [
  ['a name made at run time', `${asTf}const of = (k: string) => (tf as any)[k];\nexport const f = (x: any) => of('gr' + 'ad')(${square})(x);`],
  ['an alias by assignment', `${asTf}let lib: any;\nlib = tf;\nexport const f = (x: any) => lib.grad(${square})(x);`],
  ['the rest of a destructuring', `${asTf}const { add, ...rest } = tf;\nexport const f = (x: any) => (rest as any).grad(${square})(x);`],
  ['destructuring by assignment', `${asTf}let grad: any;\n({ grad } = tf);\nexport const f = (x: any) => grad(${square})(x);`],
  ['a default of a parameter', `${asTf}const of = ({ grad } = tf) => grad;\nexport const f = (x: any) => of()(${square} as any)(x);`],
  ['an argument', `${asTf}const take = (lib: any) => lib.grad;\nexport const f = (x: any) => take(tf)(${square})(x);`],
  ['an argument of a helper in another file', `${asTf}import { slope } from './take';\nexport const f = (x: any) => slope(tf, ${square}, x);`],
  ['a return value', `${asTf}const lib = (): any => tf;\nexport const f = (x: any) => lib().grad(${square})(x);`],
  ['a spread', `${asTf}const lib: any = { ...tf };\nexport const f = (x: any) => lib.grads(${square})([x]);`],
  ['a copy by Object.assign', `${asTf}const lib: any = Object.assign({}, tf, { default: tf.default });\nexport const f = (x: any) => lib.default.grad(${square})(x);`],
  ['a shorthand property', `${asTf}const box: any = { tf };\nexport const f = (x: any) => box.tf.valueAndGrad(${square})(x).grad;`],
  ['an array', `${asTf}const [lib] = [tf] as any[];\nexport const f = (x: any) => lib.grad(${square})(x);`],
  ['Object.entries', `${asTf}const g = Object.entries(tf).find(([k]) => k.length === 4 && k.startsWith('gr'))![1] as any;\nexport const f = (x: any) => g(${square})(x);`],
  ['for … in', `${asTf}export const f = (x: any) => { for (const k in tf) if (k === 'gr' + 'ad') return (tf as any)[k](${square})(x); };`],
  ['a conditional', `${asTf}const t: any = tf ? tf : null;\nexport const f = (x: any) => t.grad(${square})(x);`],
  ['a comma', `${asTf}export const f = (x: any) => (0, tf as any).grad(${square})(x);`],
  ['a logical or', `${asTf}const t: any = (tf && tf) || tf;\nexport const f = (x: any) => t.grad(${square})(x);`],
  ['a loop', `${asTf}export const f = (x: any) => { for (const t of [tf] as any[]) return t.grad(${square})(x); };`],
  ['a class field', `${asTf}class A { lib: any = tf; }\nexport const f = (x: any) => new A().lib.grad(${square})(x);`],
  ['a closure', `${asTf}const make = (lib: any) => () => lib;\nconst get = make(tf);\nexport const f = (x: any) => get().grad(${square})(x);`],
  ['a generator', `${asTf}function* all(): any { yield tf; }\nexport const f = (x: any) => { const [t] = all(); return t.grad(${square})(x); };`],
  ['a map', `${asTf}const m = new Map<string, any>([['t', tf]]);\nexport const f = (x: any) => m.get('t').grad(${square})(x);`],
  ['a proxy', `${asTf}const t: any = new Proxy(tf, {});\nexport const f = (x: any) => t.grad(${square})(x);`],
  ['a re-export of all', `import { grad } from './all';\nexport const f = (x: any) => grad(${square})(x);`],
  ['a re-export of all by name', `import { lib } from './named';\nexport const f = (x: any) => lib.grad(${square})(x);`],
  ['an export of the namespace', `import { lib } from './passed';\nexport const f = (x: any) => lib.grad(${square})(x);`],
  ['a default export of it', `import lib from './passed';\nexport const f = (x: any) => lib.grad(${square})(x);`],
  ['a dynamic import', `export const f = async (x: any) => (await import('@tensorflow/tfjs')).grad(${square})(x);`],
  ['a dynamic import in pieces', `export const f = async (x: any) => ((await import('@tensor' + 'flow/tfjs')) as any).grad(${square})(x);`],
  ['all that is required', `const { add, ...all } = require('@tensorflow/tfjs');\nexport const f = (x: any) => all.grad(${square})(x);`],
  ['a required library passed on', `const box = { tf: require('@tensorflow/tfjs') };\nexport const f = (x: any) => box.tf.grad(${square})(x);`],
  ['a required library taken at once', `export const f = (x: any) => require('@tensorflow/tfjs').grad(${square})(x);`],
  ['a required library, assigned', `let tf: any;\ntf = require('@tensorflow/tfjs');\nexport const f = (x: any) => tf.grad(${square})(x);`],
  ['a neighbouring package passed on', `import * as core from '@tensorflow/tfjs-core';\nconst box = { core };\nexport const f = (x: any) => box.core.grad(${square})(x);`],
  ['a package by its path', `import * as core from '@tensorflow/tfjs-core/dist/index';\nconst box = { core };\nexport const f = (x: any) => box.core.grad(${square})(x);`],
  ['the engine kept', `${asTf}const e: any = tf.engine();\nexport const f = (x: any) => e.gradients(() => x.square().sum(), [x]);`],
  ['the engine in brackets', `${asTf}export const f = (x: any) => (tf.engine() as any)['gra' + 'dients'](() => x.square().sum(), [x]);`],
  ['the engine by its name', `import { engine } from '@tensorflow/tfjs';\nexport const f = (x: any) => (engine() as any).gradients(() => x.square().sum(), [x]);`],
  ['the engine’s class', `${asTf}const E: any = tf.engine().constructor;\nexport const f = (x: any) => { const e: any = tf.engine(), n = new E(e.ENV); n.state = e.state; return n['gradi' + 'ents'](() => x.square().sum(), [x]); };`],
  ['the engine’s tape, switched on by hand', `${asTf}export const f = (x: any) => { const { state }: any = tf.engine(); state['activeTa' + 'pe'] = []; state['gradientDep' + 'th'] = 1; try { return x.square(); } finally { state['activeTa' + 'pe'] = null; state['gradientDep' + 'th'] = 0; } };`],
  ['the registry of gradients', `${asTf}const lib: any = { ...tf };\nexport const f = (x: any) => lib.env().global._tfGlobals.get('grad' + 'Registry').get('Square').gradFunc(tf.ones([3]), [x]).x();`],
  ['an optimiser passed on', `${asTf}const lib: any = { ...tf };\nexport const f = (x: any) => { const v = tf.variable(x); return lib.train.sgd(1)['mini' + 'mize'](() => v.square().sum()); };`],
  ['an optimiser’s class by its model', `${asTf}export const f = (x: any) => { const m: any = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] }); m['com' + 'pile']({ optimizer: 'sgd', loss: 'meanSquaredError' }); const O = m.optimizer.constructor; const v = tf.variable(x); return new O(0.1)['compute' + 'Gradients'](() => v.square().sum()).grads; };`],
]; // prettier-ignore

describe('differentiation that no text shows', () => {
  const paths = ways.map((_, i) => `way${i}.ts`);
  const files = { ...helpers, ...Object.fromEntries(ways.map(([, text], i) => [`way${i}.ts`, text])) };
  let session: Session;
  beforeAll(async () => {
    session = await open(await read(files, paths));
  });
  afterAll(() => session.close());

  it.each(ways.map(([way], i) => [way, `way${i}.ts`] as const))('by %s is refused when it runs', async (_, module) => {
    const failure = session.call({ module, name: 'f' }, [x], { policy: 'no-autodiff' });
    await expect(failure).rejects.toMatchObject({ kind: 'refused' });
    await expect(session.call({ module, name: 'f' }, [x])).resolves.toMatchObject({
      differentiated: expect.any(String) as string,
    });
  });
});

describe('a package that is not there', () => {
  const loads: [string, string][] = [
    ['imported and unused', `import fs from 'node:fs';\nimport 'dotenv/config';\nimport _ from 'lodash';\nimport * as all from 'mathjs';\nexport const f = () => (false ? [fs, _, all] : 7);`],
    ['behind a question for the arguments', `import { fileURLToPath } from 'node:url';\nimport * as fs from 'fs';\nif (process.argv[1] === fileURLToPath(import.meta.url)) fs.writeFileSync('x', '');\nexport const f = () => 7;`],
    ['behind a question for paths', `import path from 'path';\nimport { pathToFileURL } from 'url';\nimport { realpathSync } from 'fs';\nimport { execSync } from 'child_process';\nconst here = path.join(__dirname, import.meta.dirname, 'data.csv');\nif (import.meta.url === pathToFileURL(realpathSync(process.argv[1]!)).href) execSync(here);\nexport const f = () => 7;`],
    ['behind import.meta.main', `import process from 'node:process';\nimport readline from 'readline';\nif (import.meta.main) readline.createInterface({ input: process.stdin });\nexport const f = () => process.argv.length > 0 ? 7 : 0;`],
    ['behind require.main and module.parent', `const fs = require('fs'), { join } = require('path');\nif (require.main === module || !module.parent) fs.readFileSync(join('a', 'b'));\nexports.f = () => 7;`],
    ['a class that is extended', `import { EventEmitter } from 'node:events';\nexport class A extends EventEmitter {}\nexport const f = () => 7;`],
    ['taken apart, kept and asked for its type', `const { readFileSync, promises: { writeFile } } = require('fs');\nconst kept = { readFileSync, writeFile };\nexport const f = () => typeof kept.writeFile === 'function' && !(kept instanceof Map) ? 7 : 0;`],
    ['passed on', `export { sum } from 'lodash';\nexport * from 'ramda';\nexport const f = () => 7;`],
    ['imported late, and never', `export const save = async () => (await import('node:fs/promises')).writeFile('x', '');\nexport const f = () => 7;`],
    ['imported late, and caught', `export const f = async () => { try { (await import('chalk')).default.red('x'); return 0; } catch { return 7; } };`],
    ['of types alone', `import type { A } from 'some-types';\nimport { B } from 'other-types';\nexport const f = (a?: A | B) => 7;`],
    ['by import equals', `import fs = require('node:fs');\nexport const f = () => (fs ? 7 : 0);`],
  ]; // prettier-ignore
  const uses: [string, string, RegExp][] = [
    ['a function', `import { sum } from 'lodash';\nexport const f = () => sum([1]);`, /'lodash': lodash\.sum is not there/],
    ['the default', `import _ from 'lodash';\nexport const f = () => _.sum([1]);`, /lodash\.sum/],
    ['the whole', `import numeric from 'numeric';\nexport const f = () => numeric([1]);`, /'numeric'/],
    ['a file', `import fs from 'node:fs';\nexport const f = () => fs.readFileSync('/etc/passwd', 'utf8');`, /node:fs\.readFileSync/],
    ['a process', `const { execSync } = require('child_process');\nexport const f = () => execSync('id');`, /child_process\.execSync/],
    ['another loader', `import { createRequire } from 'node:module';\nexport const f = () => createRequire('/')('fs');`, /node:module\.createRequire/],
    ['a thread', `import { Worker } from 'node:worker_threads';\nexport const f = () => new Worker('1', { eval: true });`, /Worker/],
    ['code from text', `import vm from 'node:vm';\nexport const f = () => vm.runInThisContext('1');`, /node:vm/],
    ['a text of it', `import secret from '/etc/passwd';\nexport const f = () => \`\${secret}\`;`, /passwd/],
    ['a late one', `export const f = async () => (await import('data:text/javascript,export const a = () => 1')).a();`, /data:/],
    ['the process through its module', `import process from 'node:process';\nexport const f = () => process.getBuiltinModule('fs');`, /getBuiltinModule/],
    ['a walk through it', `import list from 'some-list';\nexport const f = () => [...list];`, /some-list/],
  ]; // prettier-ignore
  const files = Object.fromEntries([
    ...loads.map(([, text], i) => [`load${i}.ts`, text]),
    ...uses.map(([, text], i) => [`use${i}.ts`, text]),
  ]) as Record<string, string>;
  let session: Session;
  beforeAll(async () => {
    session = await open(await read(files, Object.keys(files)));
  });
  afterAll(() => session.close());

  it.each(loads.map(([how], i) => [how, `load${i}.ts`] as const))('%s does no harm', async (_, module) => {
    expect((await session.call({ module, name: 'f' }, [])).value).toBe(7);
  });

  it.each(uses.map(([how, , says], i) => [how, `use${i}.ts`, says] as const))(
    'is told when it is used: %s',
    async (_, module, says) => {
      const failure = session.call({ module, name: 'f' }, []);
      await expect(failure).rejects.toMatchObject({ kind: 'crash', message: expect.stringMatching(says) as string });
      await expect(failure).rejects.toThrow(/allowed are @tensorflow\/tfjs and your own files/);
    },
  );
});

test('packages of the library are the one library, set up by the grader', async () => {
  const text = `import * as core from '@tensorflow/tfjs-core';
    import { layers } from '@tensorflow/tfjs-layers';
    import * as data from '@tensorflow/tfjs-data';
    import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
    import '@tensorflow/tfjs-backend-cpu';
    import * as tf from '@tensorflow/tfjs';
    setWasmPaths('/nowhere/');
    await tf.setBackend('wasm');
    await core.setBackend('webgl');
    export const f = async () => [core.add === tf.add, layers === tf.layers, data.array === tf.data.array, await tf.ready() as any, tf.getBackend()].join();`;
  const s = await open(await read({ 'q.ts': text }, ['q.ts']));
  expect((await s.call({ module: 'q.ts', name: 'f' }, [])).value).toBe('true,true,true,,cpu');
  await s.close();
});
