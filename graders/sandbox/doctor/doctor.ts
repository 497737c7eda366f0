/** What this machine can do, proven by trying rather than by reading version numbers. */
import type { SandboxLevel } from '../../model/guest.ts';
import { layBait } from './bait.ts';
import { examineLevel, type LevelReport, type TriedItem } from './try-levels.ts';
import { agreeing, verdictOf } from './agree.ts';
import { machineFacts, unusable, type Fact } from './machine.ts';
import { UnusableFolder } from '../stage/unusable-folder.ts';
import { levelLabel, LEVELS } from './levels.ts';
import { findNative } from '../../runtimes/node/native.ts';
import { stageProbe } from './probe.ts';
import { examinePython, pythonText, type PythonReport } from './python-walls.ts';
import { stageNode } from '../../runtimes/node/stage-node.ts';

export interface DoctorReport {
  /** The best level at which nothing got through that it promises to stop; undefined when not even the last one starts. */
  level: SandboxLevel | undefined;
  label: string;
  facts: Fact[];
  levels: LevelReport[];
  python: PythonReport;
  /** What to do for a better level, most useful first; empty when level A is sound. */
  mends: string[];
}

/** Looks at the machine and tries every level out, and `python` or the first on PATH; takes a few seconds. */
export async function examine(python?: string): Promise<DoctorReport> {
  const read = await machineFacts();
  // Without these nothing can be tried; the facts say so.
  const lacks = read.some(({ item, ok }) => ['folder', 'descriptors'].includes(item) && !ok);
  const tried = lacks ? [] : await tryLevels().catch(ofFolder);
  const levels = Array.isArray(tried) ? tried : [];
  const seen = Array.isArray(tried) ? read : read.map((fact) => (fact.item === 'folder' ? tried : fact));
  const facts = agreeing(seen, levels);
  const level = levels.find(({ sound }) => sound)?.level;
  const isolated = level === 'A' || level === 'A-';
  const mends = [
    ...facts.flatMap(({ ok, mend }) => (!ok && mend ? [mend] : [])),
    ...(isolated ? [] : levels.flatMap(({ problem }) => (problem?.mend ? [problem.mend] : []))),
  ];
  return {
    level,
    label: level ? levelLabel(level) : 'nothing can be run here',
    facts,
    levels,
    python: await examinePython(level, python),
    mends: [...new Set(mends)],
  };
}

/** A disk may turn out to be full only when something is written to it. */
function ofFolder(error: unknown): Fact {
  if (error instanceof UnusableFolder) return unusable(error);
  throw error;
}

async function tryLevels(): Promise<LevelReport[]> {
  const [little, whole] = [await stageProbe(), await stageNode()];
  const native = (await findNative()) && (await stageNode('node'));
  const { bait, remove } = await layBait(little);
  const reports: LevelReport[] = [];
  try {
    // One after the other: start-up times are part of the answer.
    for (const level of LEVELS) reports.push(await examineLevel(level, { little, whole, native, bait }));
  } finally {
    await remove();
  }
  return reports;
}

const WORDS: Record<TriedItem['state'], string> = { stopped: 'stopped', open: 'open', hole: 'OPEN', unknown: '?' };

/** The report as plain text: facts, a table of attempts by level, the verdict, and the mends. */
export function doctorText({ facts, levels, python, mends }: DoctorReport): string {
  const verdict = verdictOf(levels);
  const factLines = facts.map(({ item, value, ok }) => `  ${item.padEnd(18)}${value}${ok ? '' : ' (needs attention)'}`);
  const toMend = mends.length > 0 ? ['To mend:', ...mends.map((mend) => `  ${mend}`)] : [];
  return [
    'This machine',
    ...factLines,
    '',
    'Tried from inside',
    ...table(levels),
    '',
    verdict,
    // Where nothing runs, it is of no interest what else does not.
    ...(levels.some(({ sound }) => sound) ? pythonText(python) : []),
    ...toMend,
  ].join('\n');
}

/** One row for each attempt and one column for each level that starts; then why the others do not. */
function table(levels: LevelReport[]): string[] {
  const present = levels.filter(({ available }) => available);
  const row = (head: string, cell: (report: LevelReport) => string) =>
    `  ${head.padEnd(50)}${present.map((report) => cell(report).padEnd(9)).join('')}`.trimEnd();
  const stateOf = (id: string, { items }: LevelReport) =>
    WORDS[items.find((item) => item.id === id)?.state ?? 'unknown'];
  const remarks = levels.flatMap(({ level, problem, gradient, nativeGradient }) => [
    ...(problem ? [`  Level ${level} is not available: ${problem.because}.`] : []),
    ...(gradient?.said ? [`  Level ${level}: ${gradient.said}.`] : []),
    ...(nativeGradient?.said ? [`  Level ${level}, tfjs-node: ${nativeGradient.said}.`] : []),
  ]);
  if (present.length === 0) return remarks;
  return [
    row('A program at level', ({ level }) => level),
    ...present[0]!.items.map(({ id, title }) => row(`may ${title}`, (report) => stateOf(id, report))),
    row('computes a gradient with tfjs (wasm)', ({ gradient }) => (gradient?.ok ? 'yes' : 'NO')),
    ...(present.some(({ nativeGradient }) => nativeGradient)
      ? [row('computes a gradient with tfjs-node (node)', ({ nativeGradient }) => (nativeGradient?.ok ? 'yes' : 'NO'))]
      : []),
    row('milliseconds to start', ({ startMs = NaN }) => startMs.toFixed(0)),
    row('milliseconds to start and compute a gradient', ({ gradient }) => (gradient?.ms ?? NaN).toFixed(0)),
    ...remarks,
  ];
}
