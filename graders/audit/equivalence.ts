/** Does a changed program still compute the same? Asked of every problem on several designs, independently of all checks. */
import type { Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { AnyProblem } from '../problem.ts';
import type { ContextSources } from '../check-context.ts';
import { createRandom } from '../numerics/random.ts';
import { ProgramStopped } from '../stopped.ts';

/** Everything a program answers to these problems, in double precision, on probes of each seed. */
export async function answersTo(
  problems: readonly AnyProblem[],
  seeds: readonly number[],
  sources: ContextSources,
): Promise<Value[]> {
  const answers: Value[] = [];
  let guest = await sources.open({ precision: 'double' });
  for (const problem of problems) {
    for (const seed of seeds) {
      for (const probe of problem.probes(createRandom(seed, problem.id)) as readonly unknown[]) {
        if (!guest.alive) guest = await sources.open({ precision: 'double' });
        answers.push(await answerOf(problem, probe, guest));
      }
    }
  }
  await guest.close();
  return answers;
}

async function answerOf(
  problem: AnyProblem,
  probe: unknown,
  guest: Awaited<ReturnType<ContextSources['open']>>,
): Promise<Value> {
  try {
    // Whatever the program draws, it draws the same before and after the change.
    await guest.seed(1);
    const { value, argsAfter } = await problem.ask(guest, probe);
    return { kind: 'list', items: [value, ...(argsAfter ?? [])] };
  } catch (error) {
    if (error instanceof ProgramStopped) return `stopped: ${error.kind}`;
    throw error;
  }
}

/** Room for another order of the same sums in double precision. */
const same = 1e-10;

/** Equal values, numbers up to rounding in double precision. */
export function nearlyEqual(a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return near(a, b, Math.max(Math.abs(a), Math.abs(b)));
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  if (a.kind === 'array' && b.kind === 'array') return nearArrays(a, b);
  if (a.kind === 'list' && b.kind === 'list') {
    return a.items.length === b.items.length && a.items.every((item, i) => nearlyEqual(item, b.items[i]));
  }
  if (a.kind === 'record' && b.kind === 'record') {
    const [left, right] = [Object.keys(a.entries).sort(), Object.keys(b.entries).sort()];
    return left.join() === right.join() && left.every((key) => nearlyEqual(a.entries[key], b.entries[key]));
  }
  return a.kind === b.kind;
}

function nearArrays(a: NdArray, b: NdArray): boolean {
  if (a.shape.join() !== b.shape.join()) return false;
  const scale = a.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.data.every((value, i) => near(value, b.data[i]!, scale));
}

const near = (a: number, b: number, scale: number) => Object.is(a, b) || a === b || Math.abs(a - b) <= same * scale;
