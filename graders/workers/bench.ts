/** A worker's place for the jobs of one lane: the coursework opened, the runtime staged, the probes known; or why it does none. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nobodys } from '../batch/content.ts';
import { workOf } from '../batch/graders.ts';
import { withFullLimits } from '../batch/options.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import type { Coursework } from '../coursework.ts';
import { judgeApart } from '../judging/judge-apart.ts';
import type { SandboxLevel } from '../model/guest.ts';
import type { Work } from '../queue/do-job.ts';
import type { Claim } from '../queue/port.ts';
import type { Store } from '../queue/store.ts';
import type { Likeness } from './likeness.ts';
import { likenessOf, refusals } from './likeness.ts';
import type { Sheet } from './sheet.ts';
import { layOut } from './sheet.ts';

/** What a worker is and has, for every lane the same. */
export interface Machine {
  level: SandboxLevel;
  graderVersion: string;
  python?: string | undefined;
  dataFolder?: string | undefined;
  clock: () => number;
  /** Throws, in a sentence, where this machine lacks a backend. */
  assertBackend: (backend: Sheet['backend']) => Promise<void>;
}

export interface Bench {
  work(claim: Claim, lost: AbortSignal): Promise<Work>;
  close(): Promise<void>;
}

/** A bench for a lane, or the sentences that say why this machine does not do its jobs. */
export async function prepareBench(
  lane: { sheet: string; demands: string },
  machine: Machine,
  store: Store,
): Promise<Bench | { refuses: string[] }> {
  const wanted = JSON.parse(lane.demands) as Likeness;
  const { level, graderVersion, python } = machine;
  // Before anything of it is opened: this much is known of every machine.
  const early = refusals(wanted, {
    ...wanted,
    gradmark: graderVersion,
    node: process.versions.node,
    arch: process.arch,
    level,
  });
  if (early.length > 0) return { refuses: early };
  const sheet = JSON.parse(await store.get(lane.sheet)) as Sheet;
  const { backend, full, only, withData } = sheet;
  const dataFolder = withData ? machine.dataFolder : undefined;
  const opened = await openSheet(sheet, store);
  if ('refuses' in opened) return opened;
  const coursework = full ? withFullLimits(opened.coursework) : opened.coursework;
  const inPython = wanted.python !== undefined;
  const own = await likenessOf({ graderVersion, coursework, level, backend, inPython, python, dataFolder });
  const lacking = await machine.assertBackend(backend).then(
    () => [],
    (error: Error) => [error.message],
  );
  const refuses = [...refusals(wanted, own), ...lacking];
  if (refuses.length > 0) {
    opened.remove();
    return { refuses };
  }
  const asked = { level, backend, python, full, submissions: Infinity, carried: sheet.carried };
  const opening = { ...asked, folder: coursework.folder, only, ...(dataFolder !== undefined && { dataFolder }) };
  const judge = judgeApart(opening, Infinity);
  return {
    async work({ job }, lost) {
      const begun = machine.clock();
      const submission = nobodys(await store.get(job.submission));
      const ms = { read: Math.round(machine.clock() - begun) };
      const work = workOf(await judge.judge(submission, new Map(), () => undefined, lost));
      return { ...work, ms };
    },
    async close() {
      await judge.close();
      opened.remove();
    },
  };
}

/** The coursework of a sheet: gradmark's own, or a teacher's, laid out in a folder that is gone afterwards. */
async function openSheet(
  { assignment, files }: Sheet,
  store: Store,
): Promise<{ coursework: Coursework; remove(): void } | { refuses: string[] }> {
  if (files === undefined) {
    const folder = (await listCourseworks([])).get(assignment);
    if (folder === undefined)
      return { refuses: [`It asks for the coursework ${assignment}, which this gradmark does not have.`] };
    return { coursework: await openCoursework(folder), remove: () => undefined };
  }
  const top = mkdtempSync(join(tmpdir(), 'gradmark-coursework-'));
  const remove = () => rmSync(top, { recursive: true, force: true });
  try {
    const folder = join(top, assignment);
    layOut(await store.get(files), folder);
    return { coursework: await openCoursework(folder), remove };
  } catch (error) {
    remove();
    return {
      refuses: [
        `The coursework ${assignment} cannot be opened here: ${error instanceof Error ? error.message : String(error)}`,
      ],
    };
  }
}
