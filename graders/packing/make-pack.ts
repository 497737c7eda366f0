/**
 * Makes the practice pack of a coursework from its keys. Every check that is packed is proven against the course's own at the
 * packed probes: both pass the right answer, and both fail, and name alike, each known mistake.
 */
import type { Check } from '../check.ts';
import type { BatchContext } from '../check-context.ts';
import type { Coursework } from '../coursework.ts';
import { isShipped } from '../coursework.ts';
import { batchContext } from '../batch/options.ts';
import type { PackedCheck, PackedProblem, PracticePack } from '../practice/pack.ts';
import { fromJson } from '../practice/values-as-json.ts';
import { practiceChecks } from '../practice/practice-checks.ts';
import type { AnyProblem } from '../problem.ts';
import { drawProbes } from '../probes.ts';
import { createRandom } from '../numerics/random.ts';
import { plantedContext } from '../audit/planted-context.ts';
import { fewerNumbers } from './fewer-numbers.ts';
import { judgedTensors, said } from './judged-tensors.ts';
import { packProblem } from './pack-problem.ts';
import { exportedQuestions } from './recipe-of.ts';

/** The seed of the probes in a pack is this word and nobody's secret: no grading draws from it. */
const stream = 'practice pack';

/** The pack, and why a problem or a check is not in it, for staff. */
export interface Packing {
  pack: PracticePack;
  left: { id: string; because: string }[];
}

interface Drawn {
  problem: AnyProblem;
  packed: PackedProblem;
}

/** Packs everything that can be; `seed` draws other probes. */
export async function makePack(coursework: Coursework, seed: number): Promise<Packing> {
  const { assignment, folder, checks } = coursework;
  const files = { slug: assignment.slug, folder, shipped: isShipped(folder) };
  const exported = await exportedQuestions(files);
  const batch = batchContext({ coursework, seed, dataFolder: undefined, full: false, clock: () => 0 });
  const left: Packing['left'] = [];
  const drawn = new Map<AnyProblem, Drawn>();
  const formulas = checks.flatMap((check) => check.formulas ?? []).map(({ truth }) => truth);
  for (const problem of new Set(checks.flatMap((check) => check.problems ?? []))) {
    const probes = fewerNumbers(problem, once(drawProbes(problem, createRandom(seed, `${stream} ${problem.id}`))));
    const packed = packProblem(problem, probes, exported, formulas);
    if ('because' in packed) left.push({ id: problem.id, because: packed.because });
    else {
      drawn.set(problem, { problem, packed });
      // The course's own check is asked at the very probes that are packed.
      const same = fromJson(packed.probes) as unknown[];
      batch.shared.set(`probes/${problem.id}`, same);
    }
  }
  const packedChecks: PackedCheck[] = [];
  for (const check of checks) packedChecks.push(await packCheck(check, drawn, batch));
  const draft: PracticePack = {
    schema: 'gradmark/practice/v1',
    slug: assignment.slug,
    problems: Object.fromEntries([...drawn.values()].map(({ packed }) => [packed.question.id, packed])),
    checks: packedChecks,
  };
  const own = await practiceChecks(draft, { tasks: [] }, files);
  const proven: PackedCheck[] = [];
  for (const [i, packed] of packedChecks.entries()) {
    const because = packed.judges === undefined ? undefined : await otherwise(checks[i]!, own[i]!, drawn, batch);
    if (because !== undefined) left.push({ id: packed.id, because });
    proven.push(
      because === undefined && packed.judges !== undefined ? packed : onlyInCourse(packed, checks[i]!, drawn),
    );
  }
  const used = new Set(proven.flatMap(({ judges = [] }) => judges.map(({ problem }) => problem)));
  const problems = Object.fromEntries(Object.entries(draft.problems).filter(([id]) => used.has(id)));
  return { pack: { ...draft, problems, checks: proven }, left };
}

const once = (probes: readonly unknown[]): readonly unknown[] => [...new Set(probes)];

/** The check without its numbers, with the reason for which the course alone makes it; a person's marks need none. */
function onlyInCourse(
  { id, task, title, asks, points, manual }: PackedCheck,
  check: Check,
  drawn: ReadonlyMap<AnyProblem, Drawn>,
): PackedCheck {
  const named = { id, task, title, asks, points };
  return manual === true ? { ...named, manual } : { ...named, because: reasonOf(check, drawn) };
}

function reasonOf({ formulas = [], problems = [] }: Check, drawn: ReadonlyMap<AnyProblem, Drawn>): string {
  if (formulas.length > 0) return 'a formula is compared with the right one';
  if (problems.some(({ handedIn }) => handedIn !== undefined))
    return 'numbers by hand are compared with the right ones';
  if (problems.some((problem) => problem.drawn === true)) return 'it judges how numbers are drawn, by many of them';
  if (problems.some((problem) => !drawn.has(problem))) return 'it takes more numbers than a kit holds';
  return 'it looks at more than numbers, e.g. at shapes, at training, at plots or at how the program is written';
}

async function packCheck(
  check: Check,
  drawn: ReadonlyMap<AnyProblem, Drawn>,
  batch: BatchContext,
): Promise<PackedCheck> {
  const { id, task, title, asks, points, manual } = check;
  const packed: PackedCheck = { id, task, title, asks, points, ...(manual === true && { manual: true }) };
  const judges: NonNullable<PackedCheck['judges']>[number][] = [];
  for (const problem of check.problems ?? []) {
    const known = drawn.get(problem);
    if (known === undefined) continue;
    const names = Object.keys(problem.oracle(probesOf(batch, problem)[0]));
    const tensors = await judgedTensors(check, problem, names, batch);
    if (Object.keys(tensors).length > 0) judges.push({ problem: known.packed.question.id, tensors });
  }
  if (judges.length === 0) return packed;
  const onRight = await said(check, batch, { kind: 'nothing' });
  const partly = onRight === 'program' || judges.length < (check.problems ?? []).length;
  return { ...packed, judges, ...(partly && { partly }) };
}

const probesOf = (batch: BatchContext, problem: AnyProblem) =>
  plantedContext(batch, [], { kind: 'nothing' }).probes(problem) as readonly never[];

/** In what the packed check says something else than the course's own, or undefined. */
async function otherwise(
  check: Check,
  packed: Check,
  drawn: ReadonlyMap<AnyProblem, Drawn>,
  batch: BatchContext,
): Promise<string | undefined> {
  const practice: BatchContext = { ...batch, shared: new Map() };
  const right = await said(packed, practice, { kind: 'nothing' });
  if (right === 'program' || right.earned < 1) return 'the packed check fails the right answer';
  for (const problem of check.problems ?? []) {
    const mine = packed.problems?.find(({ id }) => id === problem.id);
    if (mine === undefined || !drawn.has(problem)) continue;
    for (const [i, mistake] of problem.mistakes.entries()) {
      const there = await said(check, batch, { kind: 'answers', problem, compute: mistake.compute });
      const here = await said(packed, practice, { kind: 'answers', problem: mine, compute: mine.mistakes[i]!.compute });
      if (there === 'program' || here === 'program') continue;
      if (there.mistakes.includes(mistake.id) && !here.mistakes.includes(mistake.id))
        return `${mistake.id} is named in the course and not here`;
      if ((there.earned === 1) !== (here.earned === 1))
        return `${mistake.id} ${here.earned === 1 ? 'passes' : 'fails'} here and not in the course`;
    }
  }
  return undefined;
}
