/**
 * How well a student's process can be contained, and which words readers see for it.
 * A: namespaces of its own, a read-only root with nothing but Node and the guest, a system-call filter, kernel limits, Node's permissions.
 * A-: the same where namespaces may nest (inside containers). C: namespaces without a root of its own. D: Node's permissions only.
 */
import type { SandboxLevel } from '../../model/guest.ts';
import { ATTEMPTS } from './attempts.ts';
import type { Tried } from './probe.ts';

/** From best to worst. */
export const LEVELS: readonly SandboxLevel[] = ['A', 'A-', 'C', 'D'];

const LABELS: Record<SandboxLevel, string> = {
  A: 'isolated',
  'A-': 'isolated',
  C: 'partial',
  D: 'UNSAFE: run only code you trust',
};

/** What a reader of a report is told about the level. */
export const levelLabel = (level: SandboxLevel): string => LABELS[level];

/** Undefined when grading at this level is allowed, else the sentence that says why not and what to do. */
export function refuseLevel(level: SandboxLevel, allowUnsafe: boolean): string | undefined {
  if (allowUnsafe || level === 'A' || level === 'A-') return undefined;
  return (
    `This machine cannot isolate a student's program (best level: ${level}, "${levelLabel(level)}"), so nothing was run. ` +
    'Run "gradmark doctor" for the command that mends it, or pass --allow-unsafe if you trust every submission.'
  );
}

/** Ids of the attempts that got through although the level promises to stop them; an attempt without an answer counts as one. */
export function holes(level: SandboxLevel, tried: ReadonlyMap<string, Tried>): string[] {
  const rank = LEVELS.indexOf(level);
  const promised = ATTEMPTS.filter(({ stoppedDownTo }) => LEVELS.indexOf(stoppedDownTo) >= rank);
  return promised.filter(({ id }) => tried.get(id)?.open !== false).map(({ id }) => id);
}
