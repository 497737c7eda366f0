/** What this machine can do, proven by trying rather than by reading version numbers. */
import type { SandboxLevel } from '../model.ts';
import { layBait } from './bait.ts';
import { examineLevel, type LevelReport, type TriedItem } from './doctor-levels.ts';
import { machineFacts, type Fact } from './doctor-machine.ts';
import { levelLabel, LEVELS } from './levels.ts';
import { stageProbe } from './probe.ts';

export interface DoctorReport {
  /** The best level at which nothing got through that it promises to stop; undefined when not even the last one starts. */
  level: SandboxLevel | undefined;
  label: string;
  facts: Fact[];
  levels: LevelReport[];
  /** What to do for a better level, most useful first; empty when level A is sound. */
  mends: string[];
}

/** Looks at the machine and tries every level out; takes a few seconds. */
export async function examine(): Promise<DoctorReport> {
  const facts = await machineFacts();
  // Without its folder nothing can be tried; the facts say so.
  const levels = facts.some(({ item, ok }) => item === 'folder' && !ok) ? [] : await tryLevels();
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
    mends: [...new Set(mends)],
  };
}

async function tryLevels(): Promise<LevelReport[]> {
  const runtime = await stageProbe();
  const { bait, remove } = await layBait(runtime);
  const reports: LevelReport[] = [];
  try {
    // One after the other: start-up times are part of the answer.
    for (const level of LEVELS) reports.push(await examineLevel(level, runtime, bait));
  } finally {
    await remove();
  }
  return reports;
}

const WORDS: Record<TriedItem['state'], string> = { stopped: 'stopped', open: 'open', hole: 'OPEN', unknown: '?' };

/** The report as plain text: facts, a table of attempts by level, the verdict, and the mends. */
export function doctorText({ level, label, facts, levels, mends }: DoctorReport): string {
  const factLines = facts.map(
    ({ item, value, ok }) => `  ${item.padEnd(18)}${value}${ok ? '' : '   ← needs attention'}`,
  );
  const present = levels.filter(({ available }) => available);
  const row = (head: string, cells: string[]) =>
    `  ${head.padEnd(50)}${cells.map((cell) => cell.padEnd(9)).join('')}`.trimEnd();
  const items = present[0]?.items ?? [];
  const table = [
    row(
      'A program at level',
      present.map((report) => report.level),
    ),
    ...items.map(({ id, title }) =>
      row(
        `may ${title}`,
        present.map((report) => WORDS[report.items.find((item) => item.id === id)?.state ?? 'unknown']),
      ),
    ),
    row(
      'starts in (ms)',
      present.map(({ startMs = NaN }) => startMs.toFixed(0)),
    ),
  ];
  const absent = levels.flatMap(({ level: name, problem }) =>
    problem ? [`  Level ${name} is not available: ${problem.because}.`] : [],
  );
  const verdict = level ? `Best level: ${level} (${label}).` : `No level works: ${label}.`;
  return [
    'This machine',
    ...factLines,
    '',
    'Tried from inside',
    ...table,
    ...absent,
    '',
    verdict,
    ...(mends.length > 0 ? ['To mend:', ...mends.map((mend) => `  ${mend}`)] : []),
  ].join('\n');
}
