/** A submission that burns a worker's time in every way at once, beside an honest one: by way of the queue, at night. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Results } from '../model/grade.ts';
import { isNight } from '../nightly.testing.ts';
import { packageRoot } from '../package-root.ts';
import type { Cluster } from '../queue/postgres/cluster.testing.ts';
import { hasPostgres, openCluster } from '../queue/postgres/cluster.testing.ts';

const slug = 'boston-init-mnist-grads';
const tasks = 'Q1a,Q2b,Q3a,Q3c';
/** What each file of the hostile one does, instead of what was asked. */
const burning = {
  // Sleeps.
  'q1a.ts': `export const standardise = () => new Promise((done) => setTimeout(done, 1e9));
export const makePipeline = standardise;\n`,
  // Whether a bracket begins an arrow function shows only at its end: a compiler that goes back tries everything twice.
  'q2b.ts': `export const densityHistogram = ${'a ? (b) : c => '.repeat(400)}1;\n`,
  // Computes without end, and says so without end.
  'q3a.ts': `export const buildMnistModel = () => { for (;;) console.log('x'.repeat(1e5)); };
export const prepare = buildMnistModel;\n`,
  // Answers as many numbers as may be answered, whatever is asked.
  'q3c.ts': `import * as tf from '@tensorflow/tfjs';
export const grads = () => [tf.ones([4096, 4096]), tf.ones([2 ** 24])];\n`,
};

describe.runIf(isNight && hasPostgres)('a worker on a queue', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gradmark-burning-'));
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await openCluster();
    cpSync(join(packageRoot, 'reference', slug), join(folder, 'class/honest'), { recursive: true, dereference: true });
    mkdirSync(join(folder, 'class/mallory'));
    for (const [name, text] of Object.entries(burning)) writeFileSync(join(folder, 'class/mallory', name), text);
    writeFileSync(join(folder, 'secret'), 'a secret of thirty-two characters or more');
  });
  afterAll(async () => {
    await cluster.remove();
    rmSync(folder, { recursive: true });
  });

  const gradmark = (...words: string[]) =>
    execa(process.execPath, [join(packageRoot, 'bin/gradmark.js'), ...words, '--key', join(folder, 'key')], {
      cwd: folder,
      reject: false,
      all: true,
    });
  const marksOf = ({ submissions }: Results, who: string) => {
    const found = submissions.find(({ id }) => id === who)!;
    const checks = found.tasks.flatMap((task) => task.checks).filter(({ outcome }) => outcome !== 'manual');
    return { held: found.held === true, checks };
  };

  test(
    'keeps an honest neighbour’s marks, charges who burns its time, and takes the next job',
    { timeout: 900_000 },
    async () => {
      expect((await gradmark('queue', 'init', cluster.address)).exitCode).toBe(0);
      const worker = gradmark('work', '--queue', cluster.address, '--jobs', '2');
      const grade = (out: string, ...of: string[]) => {
        const words = ['--only', tasks, '--secret-file', join(folder, 'secret'), '--out', join(folder, out)];
        return gradmark('grade', slug, ...of, ...words, '--queue', cluster.address);
      };
      const results = (out: string) => JSON.parse(readFileSync(join(folder, out, 'results.json'), 'utf8')) as Results;

      const first = await grade('out', join(folder, 'class'));
      expect({ code: first.exitCode, said: first.exitCode === 0 ? '' : first.all }).toEqual({ code: 0, said: '' });
      const honest = marksOf(results('out'), 'honest');
      expect(honest.held).toBe(false);
      expect(honest.checks.filter(({ points, max }) => points < max)).toEqual([]);

      const mallory = marksOf(results('out'), 'mallory');
      expect(mallory.held).toBe(false);
      expect(mallory.checks.filter(({ outcome }) => outcome === 'broken' || outcome === 'pass')).toEqual([]);
      const words = JSON.stringify(mallory.checks);
      for (const told of ['ran longer than', 'q2b.ts']) expect(words).toContain(told);

      // The worker lives on, and nothing of it was put aside.
      writeFileSync(join(folder, 'class/mallory/q2b.ts'), 'export const densityHistogram = () => 1;\n');
      const again = await grade('again', join(folder, 'class'));
      expect(again.exitCode).toBe(0);
      const { stdout } = await gradmark('queue', 'status', cluster.address, '--json');
      expect(JSON.parse(stdout)).toMatchObject({ failures: [], alarms: [] });
      worker.kill('SIGTERM');
      expect((await worker).exitCode).toBe(0);
    },
  );
});
