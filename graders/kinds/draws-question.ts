/** What a program draws at random: asked twice with different seeds, so that a rejection can be confirmed on fresh draws. */
import type { Finding } from '../model/finding.ts';
import type { Arg, Value } from '../model/guest.ts';
import { makeArray } from '../numerics/arrays.ts';
import { independenceFault } from '../numerics/independence.ts';
import type { Random } from '../numerics/random.ts';
import { createRandom } from '../numerics/random.ts';
import type { Answer, Answered, Question, Reading } from '../question.ts';
import { traced } from '../question.ts';
import { fieldOf } from '../values.ts';

export interface Drawn {
  /** For the first draw and the one that confirms it. */
  seeds: readonly [number, number];
}

export interface DrawsTable<Probe extends Drawn> extends Pick<Question<Probe>, 'id' | 'title' | 'describe'> {
  unit: string;
  /** The function that draws; it gets a seed behind what `sends` says. */
  name: string;
  sends(probe: Probe): Arg[];
  /** The first of the known answers that both draws could come from, else what the first draw shows. */
  read(draws: readonly [Value, Value], probe: Probe, known: readonly Answer[]): Reading;
  /** What a program draws whose statistics are these. */
  planted(answer: Answer, probe: Probe, random: Random): Value;
}

/** Asks a function twice what it draws; read without known answers, the draws show what was measured. */
export const drawsQuestion = traced('kinds/draws-question#drawsQuestion')(
  <Probe extends Drawn>(table: DrawsTable<Probe>): Question<Probe> => ({
    id: table.id,
    title: table.title,
    precision: 'single',
    describe: table.describe,
    async ask(guest, probe) {
      const draw = async (seed: number) =>
        (await guest.call({ module: table.unit, name: table.name }, [...table.sends(probe), seed])).value;
      return both(await draw(probe.seeds[0]), await draw(probe.seeds[1]));
    },
    read: (answered, probe) => table.read(drawsIn(answered), probe, []),
    write(answer, probe) {
      const [check, confirm] = probe.seeds.map((seed) => table.planted(answer, probe, createRandom(seed)));
      return both(check, confirm).value;
    },
  }),
);

const both = (check: Value, confirm: Value) => ({ value: { kind: 'record', entries: { check, confirm } } }) as const;

/** The first draw and the one that confirms it. */
export const drawsIn = ({ value }: Answered): [Value, Value] => [fieldOf(value, 'check'), fieldOf(value, 'confirm')];

/** The number that an answer has for draws that are made number by number. */
export const independent = { dependence: makeArray([], [0]) };

/** The answer, with the finding that its numbers depend on each other where there is one. */
export const withDependence = (answer: Answer, fault: Finding | undefined, notes: string[] = []): Reading =>
  fault === undefined
    ? { answer: { ...answer, ...independent }, notes }
    : { answer, notes, misreads: { dependence: fault } };

/** What both of two draws show not to be drawn number by number, of something that `what` names; undefined where one does not. */
export function dependence(what: string, draws: readonly ArrayLike<number>[]): Finding | undefined {
  const fault = independenceFault(draws[0]!);
  // Another draw is searched only where the first one shows something: the search takes time.
  if (fault === undefined || draws.slice(1).some((draw) => independenceFault(draw) === undefined)) return undefined;
  return {
    says: `${what} are not drawn independently of each other: ${fault}.`,
    hint: 'Draw all numbers at once, or every one by itself.',
  };
}
