/** Threads that share what is computed once for all, with nothing else in them. */
import { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { ownModule } from '../own-module.ts';
import { openSharing, type Sought } from './sharing.ts';

const script = `
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData.module).then(({ handedBy }) => {
    const handed = handedBy(workerData.sharing, (sought) => parentPort.postMessage(sought));
    const makes = {
      numbers: () => ({ made: workerData.name, numbers: Float64Array.of(NaN, -0, 1e-320), rows: [[1], undefined, 'ä'] }),
      functions: () => ({ made: workerData.name, f: () => 1 }),
      dates: () => ({ made: workerData.name, at: new Date() }),
      fails: () => { throw new Error(workerData.name); },
      nested: () => ({ made: workerData.name, inner: handed('numbers', makes.numbers) }),
      never: () => { parentPort.postMessage({ begun: true }); for (;;); },
    };
    parentPort.on('message', (name) => {
      try {
        const { f, at, ...value } = handed(name.replace(/ .*/, ''), makes[name] ?? makes.numbers);
        parentPort.postMessage({ value });
      } catch (error) { parentPort.postMessage({ value: error.message }); }
    });
  });
`;

let opened: Worker[] = [];
afterEach(async () => {
  await Promise.all(opened.map((worker) => worker.terminate()));
  opened = [];
});

function thread(name: string, takePlace: ReturnType<typeof openSharing>) {
  const place = takePlace();
  const { sharing } = place;
  const workerData = { name, sharing, module: ownModule('judging/handed').href };
  const worker = new Worker(script, { eval: true, workerData, transferList: [sharing.port] });
  opened.push(worker);
  const begun = Promise.withResolvers<true>();
  let given = Promise.withResolvers<unknown>();
  worker.on('message', (told: Sought | { value: unknown } | { begun: true }) => {
    if ('value' in told) given.resolve(told.value);
    else if ('begun' in told) begun.resolve(true);
    else place.hear(told);
  });
  return {
    begun: begun.promise,
    ask(what: string) {
      given = Promise.withResolvers();
      worker.postMessage(what);
      return given.promise;
    },
    async end() {
      await worker.terminate();
      place.left();
    },
  };
}
const three = () => {
  const takePlace = openSharing();
  return ['ann', 'ben', 'kim'].map((name) => thread(name, takePlace)) as [Thread, Thread, Thread];
};
type Thread = ReturnType<typeof thread>;

test('of three that want the same one makes it, and all have the very numbers of it', async () => {
  const values = await Promise.all(three().map((one) => one.ask('numbers')));
  const [{ made }] = values as [{ made: string }];
  const same = { made, numbers: Float64Array.of(NaN, -0, 1e-320), rows: [[1], undefined, 'ä'] };
  expect(values).toStrictEqual([same, same, same]);
});

test('what holds functions or objects of a class is made by each', async () => {
  for (const kind of ['functions', 'dates']) {
    const values = await Promise.all(three().map((one) => one.ask(kind)));
    expect(values).toEqual([{ made: 'ann' }, { made: 'ben' }, { made: 'kim' }]);
  }
});

test('who fails to make it fails alone, and what is made of something shared may be shared as well', async () => {
  const [ann, ben] = three();
  expect(await ann.ask('fails')).toBe('ann');
  expect(await ben.ask('fails')).toBe('ben');
  expect(await ann.ask('nested')).toMatchObject({ made: 'ann', inner: { made: 'ann' } });
  expect(await ben.ask('nested')).toMatchObject({ made: 'ann', inner: { made: 'ann' } });
});

test('a thread that is ended while others wait for what it makes leaves it to one of them', async () => {
  const [ann, ben, kim] = three();
  void ann.ask('never');
  await ann.begun;
  // Under the same name, and it ends: who waits is not told by whom it is made.
  const waiting = [ben.ask('never again'), kim.ask('never again')];
  await ann.end();
  const [one, other] = (await Promise.all(waiting)) as [{ made: string }, { made: string }];
  expect(['ben', 'kim']).toContain(one.made);
  expect(other).toEqual(one);
});

test('who waits can be ended, and is not asked to make it afterwards', async () => {
  const [ann, ben, kim] = three();
  void ann.ask('never');
  await ann.begun;
  void ben.ask('never again');
  const value = kim.ask('never again');
  await ben.end();
  await ann.end();
  expect(await value).toMatchObject({ made: 'kim' });
});
