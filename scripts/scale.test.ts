import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { hasPostgres, openCluster } from '../graders/queue/postgres/cluster.testing.ts';
import { isNight } from '../graders/nightly.testing.ts';
import { differences } from './crash/same.ts';
import { writeClass } from './crash/submissions.ts';
import { openHost } from './queue/host.ts';
import { root } from './house/sources.ts';

const [init, work, grade, status] = [
  ...readFileSync(join(root, 'docs/scale.md'), 'utf8').matchAll(/```sh\n(.*)\n```/g),
].map(([, command]) => command!);

test.runIf(hasPostgres && isNight)(
  'the commands of docs/scale.md grade a class on two machines as one machine does',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gradmark-scale-'));
    const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
    mkdirSync(cache, { recursive: true });
    const cluster = await openCluster();
    await cluster.sql('CREATE DATABASE grading');
    const [desk, other] = [
      await openHost(folder, 'desk', cluster.port, cache),
      await openHost(folder, 'other', cluster.port, cache),
    ];
    try {
      await writeClass(join(desk.home, 'class'), 5);
      const made = await desk.run(init!).ended;
      expect(made.code, made.stderr).toBe(0);
      expect(made.stdout).toContain('.config/gradmark/queue.key');
      cpSync(join(desk.home, '.config'), join(other.home, '.config'), { recursive: true });

      const workers = [desk.run(`${work} --jobs 1`), other.run(`${work} --jobs 1`)];
      const graded = await desk.run(grade!).ended;
      expect(graded.code, graded.stderr + workers.map((one) => one.said()).join('')).toBe(0);
      expect((await desk.run(status!).ended).stdout).toContain('0 waiting, 0 under way');
      for (const worker of workers) worker.terminate();
      const ends = await Promise.all(workers.map((worker) => worker.ended));
      expect(ends.map(({ code }) => code)).toEqual([0, 0]);
      const done = ends.map(({ stderr }) => Number(/(\d+) jobs? done/.exec(stderr)![1]));
      // One of the five holds nothing that could be run.
      expect(done[0]! + done[1]!).toBe(4);

      const alone = grade!.replace('--out out', '--out alone --secret-file out/secret').replace(/ --queue .*/, '');
      expect((await desk.run(alone).ended).code).toBe(0);
      expect(await differences(join(desk.home, 'out'), join(desk.home, 'alone'))).toEqual([]);
    } finally {
      for (const host of [desk, other]) await host.remove();
      await cluster.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

test.runIf(hasPostgres && isNight)(
  'hosts that are killed, paused, cut off and wrong about the time change no grade',
  async () => {
    const script = join(root, 'scripts/queue-events.ts');
    const { exitCode, all } = await execa(process.execPath, [script, '--few'], { all: true, reject: false });
    expect(exitCode, all).toBe(0);
    expect(all).toContain('0 lost, 0 settled twice, 0 alarms');
  },
);
