/**
 * Submissions are judged in threads of their own, as many as are judged at once. What a thread computes and holds is bounded from
 * outside: whose answers keep one too busy, or fill its memory, ends it for that submission alone.
 */
import type { Known } from '../batch/said.ts';
import type { Grade } from '../model/grade.ts';
import type { Submission } from '../model/submission.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Prepared } from './messages.ts';
import { openSharing } from './sharing.ts';
import { startThread, type JudgingThread, type ThreadLimits } from './thread.ts';

export interface Judge {
  /** The grade; `heard` is told after every verdict of all so far. Rejects with what failed of ours, and when it is `lost`. */
  judge(
    submission: Submission,
    known: Known,
    heard: (found: readonly Verdict[]) => void,
    lost?: AbortSignal,
  ): Promise<Grade>;
  close(): Promise<void>;
}

/** What the costliest courseworks need ten times over; judging counts a minute by itself between two answers. */
const defaults: ThreadLimits = { cpuMs: 120_000, memoryMb: 1024 };
/** Real data are read once for all, and take what they take. */
const memoryMbWithData = 4096;

/** Threads are started when they are needed, `atOnce` at the most, and kept for the next submission. */
export function judgeApart(opening: Prepared, atOnce: number, limits: Partial<ThreadLimits> = {}): Judge {
  const takePlace = atOnce > 1 ? openSharing() : undefined;
  const idle: JudgingThread[] = [];
  const needsMore = opening.full || opening.dataFolder !== undefined;
  const within = { ...defaults, ...(needsMore && { memoryMb: memoryMbWithData }), ...limits };

  /** What one thread makes of it; `tooMuch` where it had to be ended. */
  const inThread: (...asked: Parameters<JudgingThread['judge']>) => ReturnType<JudgingThread['judge']> = async (
    ...asked
  ) => {
    const thread = waiting() ?? startThread(opening, within, takePlace?.());
    const end = await thread.judge(...asked);
    if (thread.alive) idle.push(thread);
    return end;
  };
  /** One that has ended while nobody asked it anything is nobody's trouble. */
  const waiting = (): JudgingThread | undefined => {
    const thread = idle.pop();
    return thread === undefined || thread.alive ? thread : waiting();
  };

  return {
    async judge(submission, before, heard, lost) {
      let known: Known = before;
      const keep = (verdict: Verdict): void => {
        known = new Map([...known, [verdict.id, verdict]]);
        heard([...known.values()]);
      };
      let refused: string | undefined;
      // Who is there when a thread fills up need not have filled it: the same is tried in a new one. Who ends that as well is
      // asked nothing more.
      for (const isLast of [false, false, true]) {
        const end = await inThread(
          { submission, known: [...known.values()], refused: isLast ? refused : undefined },
          keep,
          lost,
        );
        if ('grade' in end) return end.grade;
        if ('ours' in end) throw new Error(end.ours);
        refused = end.tooMuch;
      }
      throw new Error(`${refused} No grade could be made of what was found before.`);
    },
    close: async () => void (await Promise.all(idle.splice(0).map((thread) => thread.close()))),
  };
}
