/**
 * The whole flow on one screen. Start reading here.
 *
 *   path ─findAll→ HandedIn ─read→ Submission ─gradeOne→ Grade ─book.keep→ gradebook ─→ Results
 *                                            └─ by way of a queue, in threads of this process or on other machines ─┘
 *
 * What becomes of one submission stands in grade-one.ts: openContext, runChecks→ Verdict[] ─settle→ Grade. The student's code runs only inside sessions that the check context opens; everything that judges stays out here.
 */
import { assertAlone } from './batch/alone.ts';
import type { Judgement } from './batch/book.ts';
import { openBook } from './batch/book.ts';
import { gradersHere, NotWaitedFor } from './batch/graders.ts';
import { findAll } from './batch/find-all.ts';
import { inParallel } from './batch/in-parallel.ts';
import type { BatchEvent, BatchOptions } from './batch/options.ts';
import { batchContext, checksOf, withFullLimits } from './batch/options.ts';
import { roundOfWork } from './batch/own-round.ts';
import type { Known } from './batch/said.ts';
import { noteAll, type Read } from './batch/noted.ts';
import { toJudge } from './batch/to-judge.ts';
import { brokenGrade, refusedGrade } from './batch/unjudged.ts';
import { collectsForClass, letGo } from './collect.ts';
import type { Drawn } from './gradebook/round.ts';
import { drawnRound } from './gradebook/round.ts';
import type { HandedIn } from './intake/receive.ts';
import type { Grade, Results } from './model/grade.ts';
import type { Submission } from './model/submission.ts';
import type { Verdict } from './model/verdict.ts';
import { gradeOne, soFarBy } from './grade-one.ts';
import type { Lasting } from './guest-factory.ts';
import { createGuestFactory } from './guest-factory.ts';
import { judgeApart } from './judging/judge-apart.ts';
import type { Prepared } from './judging/messages.ts';

/** Grades everything found at the paths, and adds it to what the folder holds. One submission never stops the others. */
export async function gradeBatch(
  asked: BatchOptions,
  onEvent: (event: BatchEvent) => void = () => undefined,
  lasting?: Lasting,
): Promise<Results> {
  const options = asked.full ? { ...asked, coursework: withFullLimits(asked.coursework) } : asked;
  const { coursework, clock } = options;
  const { found, whose } = await findAll(options);
  const total = found.length;
  letGo(total);
  assertAlone(found, options);
  const book = await openBook(asked, onEvent);
  try {
    const round = options.ownRound === true ? await roundOfWork(found[0]) : options.round;
    const probes = await drawnRound(coursework.assignment.slug, { ...options, round });
    book.begin(found, probes.origin);
    const factory = lasting?.factory ?? (await createGuestFactory({ ...options, submissions: total }));
    const { shared, kept } = lasting ?? {};
    const batch = { ...batchContext({ ...options, seed: probes.seed }), kept, ...(shared && { shared }) };
    onEvent({ kind: 'received', total, recalled: 0 });
    let done = 0;
    const collect = collectsForClass();

    const holding = (of: Read | Pick<Submission, 'id' | 'origin'>) => (error: unknown) =>
      brokenGrade(options, of, error);
    const hearing = (submission: Submission) => (verdicts: readonly Verdict[]) => {
      const soFar = () => book.soFar(soFarBy(options, submission, verdicts));
      onEvent({ kind: 'verdict', judged: verdicts.length, of: checksOf(options).length, soFar });
    };
    const gradeHere = (submission: Submission, known: Known): Promise<Grade> =>
      gradeOne(submission, { ...options, known, heard: hearing(submission) }, batch, factory);
    const threads =
      options.apart === true
        ? judgeApart(openingFor(options, probes, total), Math.min(options.jobs, total))
        : undefined;
    const gradeInThread = (submission: Submission, known: Known): Promise<Grade> =>
      threads === undefined ? gradeHere(submission, known) : threads.judge(submission, known, hearing(submission));
    const graders =
      (await options.elsewhere?.({ options, drawn: probes, tell: onEvent })) ??
      gradersHere(options.jobs, clock, gradeInThread);
    const judge = async (item: Read, known: Known): Promise<Omit<Judgement, 'known'>> => {
      if ('tasks' in item) return { judged: item };
      const taken = 'refused' in item ? item : await factory.accept(item);
      if ('refused' in taken) return { judged: refusedGrade(options, taken) };
      // Where nothing is to be found, no job is made of it.
      if (checksOf(options).every(({ id }) => known.has(id)))
        return { judged: await gradeHere(taken, known).catch(holding(taken)) };
      const { grade, trouble, took } = await graders.grade(taken, known);
      return { judged: grade ?? brokenGrade(options, taken, trouble), ...(took && { took }) };
    };
    const gradeNext = async (handedIn: HandedIn): Promise<void> => {
      try {
        await gradePerson(handedIn);
      } catch (error) {
        if (!(error instanceof NotWaitedFor)) throw error;
      }
    };
    const gradePerson = async ({ id, attempts }: HandedIn): Promise<void> => {
      const begun = clock();
      const noted = await noteAll(
        attempts.map(
          ({ read, origin }) =>
            () =>
              read().catch(holding({ id, origin })),
        ),
      );
      const known = await book.handIn(id, noted);
      const items = noted.map(({ item }) => item);
      const places = toJudge(attempts, items, options.late?.counts);
      const judged = await inParallel(places, 1, async (at): Promise<Judgement> => {
        const whole = await noted[at]!.whole().catch(holding(items[at]!));
        return { ...(await judge(whole, known[at]!)), known: known[at]! };
      });
      const { grade, recalled } = book.keep(id, judged);
      onEvent({ kind: 'graded', grade, done: ++done, total, recalled, ms: Math.round(clock() - begun) });
      collect();
    };

    try {
      await inParallel(taken(found), graders.window, gradeNext, options.signal);
    } finally {
      await graders.close();
      await threads?.close();
      if (lasting === undefined) await factory.close();
    }
    return await book.results(whose);
  } finally {
    book.close();
  }
}

/** Each in turn, and then forgotten: what was found of thousands takes as much room as their grades. */
function* taken<T>(items: T[]): Generator<T> {
  for (let item = items.shift(); item !== undefined; item = items.shift()) yield item;
}

/** What a thread has to open to judge like this one. */
function openingFor(options: BatchOptions, { carried }: Drawn, submissions: number): Prepared {
  const { level, backend, python, only, full, dataFolder, jobs, coursework } = options;
  const each = Math.ceil(submissions / Math.max(1, jobs));
  const { folder, isPractice } = coursework;
  const asked = { level, backend, python, only, full, carried, submissions: each, folder };
  return { ...asked, ...(isPractice && { isPractice }), ...(dataFolder !== undefined && { dataFolder }) };
}
