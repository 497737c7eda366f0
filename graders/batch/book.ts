/** The gradebook while a batch is graded into it: what is known already, what is found, and the results that follow. */
import { keysFor } from '../check-keys.ts';
import { clearDrafts } from '../gradebook/clear-drafts.ts';
import { gradeOf, resultsOf } from '../gradebook/class-results.ts';
import type { Circumstances, Event, Judged, Said } from '../gradebook/event.ts';
import { recordResults } from '../gradebook/gradebook.ts';
import { lockGrading } from '../gradebook/grading-lock.ts';
import { oldRecords } from '../gradebook/old-records.ts';
import { GradebookError } from '../gradebook/read-event.ts';
import type { Drawn } from '../gradebook/round.ts';
import { isRemembered } from '../gradebook/round.ts';
import { toJson } from '../gradebook/json.ts';
import { gradebookPath, openGradebook } from '../gradebook/store.ts';
import type { Work } from '../gradebook/works.ts';
import type { HandedIn } from '../intake/receive.ts';
import type { Grade, Results } from '../model/grade.ts';
import { holdClass } from './held-class.ts';
import type { BatchEvent, BatchOptions } from './options.ts';
import type { Noted } from './noted.ts';
import type { Keys, Known } from './said.ts';
import type { Whose } from './whose.ts';
import { withWhose } from './whose.ts';
import { asksTheSame, circumstancesOf, configOf, judgedOf, knownOf, newlyHandedIn, sameRefusal } from './said.ts';

interface BatchBook {
  /** Says who is graded now, and what they are asked. */
  begin(found: readonly HandedIn[], probes: Drawn['origin']): void;
  /** Takes note of what somebody handed in, in the order of time, where it could be read; says what is known of each. */
  handIn(id: string, attempts: readonly Noted[]): Promise<Known[]>;
  /** Remembers what was found of one person's work, `known` aside, all or nothing; gives the grade as it is now. */
  keep(id: string, judged: readonly Judgement[]): { grade: Grade; recalled: boolean };
  /** What the results would be if a grade that is not whole yet were all; nothing is kept. */
  soFar(grade: Grade): Results;
  /** Everybody's grade, written to the folder. Throws WriteError. */
  results(whose: Whose): Promise<Results>;
  close(): void;
}

/** The grade of one attempt, with what of it was known before. */
export interface Judgement {
  judged: Grade;
  known: Known;
  took?: Judged['took'];
}

const grader = 'gradmark';

/**
 * The gradebook of the folder, or one that is gone afterwards where there is no folder. Throws GradebookError where somebody else
 * grades into it, and where it holds another coursework.
 */
export async function openBook(options: BatchOptions, tell: (event: BatchEvent) => void): Promise<BatchBook> {
  const { coursework, outDir, now } = options;
  const { assignment } = coursework;
  const store = openGradebook(outDir);
  const lock = outDir === undefined ? undefined : await lockGrading(outDir, now().toISOString()).catch(closing(store));
  const held = holdClass(store, (says) => tell({ kind: 'unkept', says }));
  const { state } = held;
  /** What was read and is not said yet: it is, together with what is found of it. */
  const arrived = new Map<string, { said: readonly Said[]; works: readonly Work[]; keys: ReadonlyMap<string, Keys> }>();
  let under: Circumstances;
  /** Of what is no work in another language. */
  let plain: Keys = new Map();
  const keysIn = keysFor(coursework, options.python);

  const close = () => {
    store.close();
    lock?.release();
  };
  const say = (said: readonly Said[], works: readonly Work[] = []): boolean => {
    const events = said.map((one): Event => ({
      ...{ who: grader, at: now().toISOString() },
      // The hash is made of a thousand files, and asked for by who grades again.
      ...(one.kind === 'judged' &&
        outDir !== undefined && { grader: { version: options.graderVersion, hash: coursework.hash } }),
      ...one,
    }));
    return held.say(events, works);
  };
  /** Keeps copies of several attempts one after the other, ahead of what is said of them: together they may be more than memory. */
  const keepEach = async (attempts: readonly Noted[]): Promise<boolean> => {
    for (const { item, whole } of attempts) {
      const read = 'files' in item ? await whole().catch(() => undefined) : undefined;
      if ('files' in item && (read === undefined || !('files' in read) || !say([], [read.files]))) return false;
    }
    return true;
  };
  const assertSame = (slug: string | undefined): void => {
    if (slug === undefined || slug === assignment.slug) return;
    throw new GradebookError(
      `${outDir} holds the grades of ${slug}: grade ${assignment.slug} into another folder, they would be taken for one class.`,
    );
  };

  try {
    if (outDir !== undefined) {
      await clearDrafts(outDir);
      plain = await keysIn();
    }
    assertSame(state.config?.assignment.slug);
    if (state.seq === 0 && outDir !== undefined) {
      const old = await oldRecords(outDir);
      assertSame(old.assignment);
      if (old.said.length > 0) say(old.said);
    }
  } catch (error) {
    close();
    throw error;
  }

  return {
    begin(found, probes) {
      under = circumstancesOf(options, probes);
      const config = configOf(options);
      const { kind, assignment: before, feedback, late, defaults } = state.config ?? {};
      const isSame = toJson({ kind, assignment: before, feedback, late, defaults }) === toJson(config);
      say([...(isSame ? [] : [config]), { kind: 'begun', students: found.map(({ id }) => id), under }]);
    },
    async handIn(id, attempts) {
      const before = held.student(id)?.attempts ?? [];
      const said = newlyHandedIn(
        before,
        attempts.flatMap((one) => one.said ?? []),
        options.only === undefined,
      );
      const keeps = said.length > 0 && outDir !== undefined;
      const isOne = attempts.length === 1;
      const works = keeps && isOne ? attempts.flatMap(({ item }) => ('files' in item ? [item.files] : [])) : [];
      const isKept = !keeps || isOne || (await keepEach(attempts));
      const items = attempts.map(({ item }) => item);
      const keys = new Map<string, Keys>();
      for (const { sha256, language } of items.filter((item) => 'files' in item))
        keys.set(sha256, outDir === undefined ? plain : await keysIn(language));
      // Nothing speaks of a copy that is not there.
      arrived.set(id, { said: isKept ? said : said.map(({ kept: _, ...one }) => one), works, keys });
      return items.map((item) => {
        const attempt = 'files' in item ? before.find(({ sha256 }) => sha256 === item.sha256) : undefined;
        if (attempt === undefined) return new Map();
        return knownOf(attempt, coursework.checks, under, keys.get(attempt.sha256)!);
      });
    },
    keep(id, judgements) {
      const { said: first = [], works = [], keys } = arrived.get(id) ?? {};
      arrived.delete(id);
      const said: Said[] = [...first];
      let recalled = true;
      for (const { judged, known, took } of judgements) {
        const found = { ...judgedOf(judged, known, under, keys?.get(judged.sha256) ?? plain), ...(took && { took }) };
        const before = state.students.get(id)?.attempts.find(({ sha256 }) => sha256 === judged.sha256);
        const isKnown = before !== undefined && found.verdicts.length === 0 && asksTheSame(before, found);
        const isSaid = isKnown || (before !== undefined && sameRefusal(before.runs.at(-1), found));
        if (!isSaid) said.push(found);
        recalled &&= isKnown;
      }
      if (said.length > 0) say(said, works);
      return { grade: gradeOf(state, held.student(id)!), recalled };
    },
    soFar: (grade) => ({ ...resultsOf(state), submissions: [grade] }),
    async results(whose) {
      const results = withWhose(resultsOf(held.whole()), whose);
      if (outDir === undefined) return results;
      if (!(await isRemembered(outDir))) tell({ kind: 'unkept', says: wasDeleted(outDir) });
      else if (!store.isThere()) tell({ kind: 'unkept', says: wasReplaced(gradebookPath(outDir)) });
      await recordResults(outDir, results);
      return results;
    },
    close,
  };
}

const closing = (store: { close(): void }) => (error: unknown) => {
  store.close();
  throw error;
};

const wasDeleted = (outDir: string) =>
  `${outDir} was deleted while it was graded into: its secret and what was graded before are lost, the grades of this run are ` +
  'written again. Grade once more to keep them; with --secret-file the same is asked again.';

const wasReplaced = (path: string) =>
  `${path} was deleted or replaced while it was written to: what it held of this run and of those before, marks by people too, is ` +
  'lost. Put back a copy of it, and grade once more.';
