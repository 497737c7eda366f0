/** A process hosts one policy: what a task with a free library leaves behind is not there for a task in plain numbers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCoursework, listCourseworks } from './coursework.ts';
import type { Coursework } from './coursework.ts';
import { openContext } from './check-context.ts';
import { batchContext } from './batch/options.ts';
import type { Reply } from './model/guest.ts';
import type { NdArray } from './model/numbers.ts';
import type { Submission } from './model/submission.ts';
import { processTree } from './sandbox/contain/watchdog.ts';
import { bestLevel } from './sandbox/doctor/best-level.ts';
import { createGuestFactory } from './guest-factory.ts';
import type { GuestFactory } from './guest-factory.ts';

let coursework: Coursework;
let factory: GuestFactory;
beforeAll(async () => {
  coursework = await openCoursework((await listCourseworks([])).get('vectors-relu-fashion-backprop')!);
  factory = await createGuestFactory({ coursework, level: await bestLevel(), backend: 'cpu' });
});
afterAll(() => factory.close());

const stash = `import * as tf from '@tensorflow/tfjs';
  (globalThis as any).left = () => tf.scalar(1).dataSync()[0];
  Array.prototype.map = () => { throw new Error('patched'); };
  export const buildFashionModel = () => (globalThis as any).left();`;
const finds = `export const trainOneSample = () => [typeof (globalThis as any).left, typeof (globalThis as any)._tfGlobals, [1].map((x) => x + 1)[0]].join();`;

async function said(files: Record<string, string>, calls: [task: string, module: string, name: string][]) {
  const submission: Submission = {
    id: 'ann',
    sha256: '',
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
    notes: [],
  };
  const batch = batchContext({ coursework, seed: 1, full: false, clock: () => 0 });
  const context = openContext(submission, batch, factory.sourcesFor(submission));
  try {
    const answers: unknown[] = [];
    for (const [task, module, name] of calls) {
      const guest = await context.at(task).guest();
      answers.push(await guest.call({ module, name }, []).then(({ value }) => value, String));
    }
    return answers;
  } finally {
    await context.close();
  }
}

test('a task in plain numbers finds no library and nothing of a free task’s, before or after it', async () => {
  const plain: [string, string, string] = ['P5.Q3', 'p5q3', 'trainOneSample'];
  const answers = await said({ 'p4b.ts': stash, 'p5q3.ts': finds }, [
    plain,
    ['P4b', 'p4b', 'buildFashionModel'],
    plain,
  ]);
  expect(answers).toEqual(['undefined,undefined,2', 1, 'undefined,undefined,2']);
});

test('who imports the library there all the same is told what was called', async () => {
  const uses = `import * as tf from '@tensorflow/tfjs'; export const trainOneSample = () => tf.grad((v: any) => v.square())(tf.scalar(1));`;
  const [answer] = await said({ 'p5q3.ts': uses }, [['P5.Q3', 'p5q3', 'trainOneSample']]);
  expect(answer).toMatch(/trainOneSample calls tf\.grad, which this task forbids/);
});

test('no name put together brings it in', async () => {
  const hides = `export const trainOneSample = async () => (await import('@tensor' + 'flow/' + ['t', 'fjs'].join(''))).scalar(1).dataSync()[0];`;
  const [answer] = await said({ 'p5q3.ts': hides }, [['P5.Q3', 'p5q3', 'trainOneSample']]);
  expect(answer).toMatch(/cannot import '@tensorflow\/tfjs'/);
});

/** What the work at Q3c gets from `grads` of these units, the last reply told, and how often it was begun. */
async function atQ3c(text: string, other?: string): Promise<{ reply: Reply; begun: number }> {
  const boston = await openCoursework((await listCourseworks([])).get('boston-init-mnist-grads')!);
  const guests = await createGuestFactory({ coursework: boston, level: await bestLevel(), backend: 'cpu' });
  const texts = [text, ...(other === undefined ? [] : [other])];
  const units = ['q3c', 'q3d'].slice(0, texts.length);
  const files = units.map((unit, i) => ({
    path: `${unit}.ts`,
    text: `import * as tf from '@tensorflow/tfjs'; ${texts[i]}`,
  }));
  const submission: Submission = { id: 'ann', sha256: '', files, notes: [] };
  const batch = batchContext({ coursework: boston, seed: 1, full: false, clock: () => 0 });
  const context = openContext(submission, batch, guests.sourcesFor(submission));
  let begun = 0;
  try {
    const reply = await context.during('Q3c', async (at) => {
      begun++;
      const guest = await at.guest();
      const replies = [];
      for (const module of units) replies.push(await guest.call({ module, name: 'grads' }, []));
      return replies.at(-1)!;
    });
    return { reply, begun };
  } finally {
    await context.close();
    await guests.close();
  }
}

test('a task without autodiff runs beside a library that cannot differentiate', async () => {
  const { reply, begun } = await atQ3c(
    `export const grads = () => (tf.env() as any).global._tfGlobals.get('gradRegistry').size > 0 && String(tf.engine().gradients).length;`,
  );
  expect([begun, reply.differentiated]).toEqual([1, undefined]);
});

test('who differentiates there is asked again beside the whole library, and that it was asked for is kept', async () => {
  const caught = `let asked = 0; export const grads = () => { if (asked++ === 0) try { return tf.grad((v: any) => v.square())(tf.scalar(3)); } catch { return 'caught'; } };`;
  const { reply, begun } = await atQ3c(caught);
  expect([begun, reply.differentiated]).toEqual([2, 'tf.grad']);
  expect(reply.value).toMatchObject({ data: Float64Array.of(6) });
  // Well-behaved where the library is whole: what was asked for where it was not is told all the same.
  const hides = `export const grads = () => { if (!isWhole()) try { tf.grad((v: any) => v)(tf.scalar(1)); } catch {} return 1; };
    const isWhole = () => { try { return (tf.env() as any).global._tfGlobals.get('gradRegistry').get('Square').inputsToSave !== undefined; } catch { return false; } };`;
  const hidden = await atQ3c(hides);
  expect([hidden.begun, hidden.reply.value, hidden.reply.differentiated]).toEqual([2, 1, 'tf.grad']);
});

/** Takes out of the engine how an operation is derived, and has differentiated before anything is guarded. */
const pastTheGuards = `try { (tf as any)['gr' + 'ad']((v: any) => v)(tf.scalar(1)); } catch {}
  let derive: any; const engine: any = tf.engine(); const { runKernelFunc } = engine;
  engine.runKernelFunc = (params: any) => { derive = params.backwardsFunc ?? derive; return runKernelFunc.call(engine, params); };
  const labels = tf.tensor2d([[1, 0, 0, 0, 0]]), logits = tf.tensor2d([[0.1, -2, 3, 0.4, 1]]);
  const slopes = () => { tf.losses.softmaxCrossEntropy(labels, logits); return derive(tf.ones([1]), [labels, tf.logSoftmax(logits)])[1](); };
  let kept: any; try { kept = slopes(); } catch {}
  export const grads = () => kept ?? slopes();`;

test('who differentiates past all guards is shown by the answer beside marked derivatives', async () => {
  const { reply, begun } = await atQ3c(pastTheGuards);
  expect([begun, reply.differentiated]).toEqual([2, "the library's derivative"]);
  expect((reply.value as NdArray).data[0]).toBeCloseTo(-0.9567, 3);
});

test('who compares with the library while loading, or answers otherwise each time, is not accused', async () => {
  const atLoad = `const slope = tf.grad((v: any) => v.square())(tf.scalar(3)).dataSync()[0];
    if (Math.abs(slope - 6) > 1e-3) throw new Error('my derivative is wrong');`;
  const right = `export const grads = () => tf.tensor1d([1, 2, 3, 4, 5]);`;
  expect((await atQ3c(atLoad + right)).reply).toMatchObject({ value: { data: Float64Array.of(1, 2, 3, 4, 5) } });
  expect((await atQ3c(atLoad + right)).reply.differentiated).toBeUndefined();
  const other = `tf.grad((v: any) => v.square())(tf.scalar(1)); export const grads = () => tf.tensor1d([1, 2, 3, 4, 5]).mul(performance.now());`;
  expect((await atQ3c(other)).reply.differentiated).toBeUndefined();
});

test('who differentiates in one unit is not told of for a function of that name in another', async () => {
  const differentiates = `export const grads = () => tf.grad((v: any) => v.square())(tf.scalar(3));`;
  const { reply, begun } = await atQ3c(differentiates, `export const grads = () => 6;`);
  expect([begun, reply.value, reply.differentiated]).toEqual([2, 6, undefined]);
});

test('no process is started for what was not handed in, nor for what cannot be read', async () => {
  // The compiler, which is a process of its own, is there.
  await said({ 'p5q3.ts': finds }, [['P5.Q3', 'p5q3', 'trainOneSample']]);
  const before = processTree(process.pid).length;
  const during: number[] = [];
  const submission: Submission = { id: 'bob', sha256: '', files: [{ path: 'p5q3.ts', text: 'export {{' }], notes: [] };
  const batch = batchContext({ coursework, seed: 1, full: false, clock: () => 0 });
  const context = openContext(submission, batch, factory.sourcesFor(submission));
  const words: string[] = [];
  for (const [task, module] of [
    ['P5.Q3', 'p5q3'],
    ['P5.Q2', 'p5q2'],
  ] as const) {
    const guest = await context.at(task).guest();
    words.push(await guest.call({ module, name: 'f' }, []).then(() => 'answered', String));
    during.push(processTree(process.pid).length);
  }
  await context.close();
  expect(words.join()).toMatch(/cannot be read.*was not handed in/);
  expect(during).toEqual([before, before]);
});
