/** Numbers worked out by hand and handed in under one key of answers.json: `"forward": { "z": [1, 2], "f": 3 }`. */
import type { Value } from '../model/guest.ts';
import type { NdArray } from '../model/numbers.ts';
import type { Answered, Question, Reading } from '../question.ts';
import { traced } from '../question.ts';
import { arrayOf, sizeOf } from '../numerics/arrays.ts';
import { ProgramStopped } from '../stopped.ts';
import { fieldOf, isArray, record } from '../values.ts';

type Shapes = Readonly<Record<string, readonly number[]>>;

/** The question whose one probe is what the sheet gives; the shapes are those of the numbers asked for. */
export const numbersByHand = traced('kinds/hand-numbers-question#numbersByHand')(
  <Probe>(asked: Pick<Question<Probe>, 'id' | 'title' | 'describe'>, key: string, shapes: Shapes): Question<Probe> => ({
    ...asked,
    precision: 'double',
    ask: () => Promise.reject(new Error(`${key} is read from answers.json`)),
    handedIn: (answers) => handedInUnder(answers, key, shapes),
    read: (answered) => readNumbers(answered, shapes),
    write: (answer) => record(answer),
  }),
);

/** A number or a list of numbers as a list; undefined for anything else. `null` stands for nothing filled in. */
export function numbersFrom(value: unknown): number[] | undefined {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  const flat = items.flat();
  return flat.every((item): item is number => typeof item === 'number' && Number.isFinite(item)) ? flat : undefined;
}

/** The numbers under one key of answers.json as a record of arrays; throws ProgramStopped('missing') when there are none. */
function handedInUnder(answers: Readonly<Record<string, unknown>>, key: string, shapes: Shapes): Answered {
  const given = answers[key];
  const entries = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  const read = Object.entries(shapes).map(([name, shape]): [string, Value] => {
    const numbers = numbersFrom(entries[name]);
    if (numbers === undefined || numbers.length === 0) return [name, null];
    return [name, arrayOf(shape.length === 0 && numbers.length === 1 ? numbers[0]! : numbers)];
  });
  if (read.every(([, value]) => value === null)) {
    throw new ProgramStopped('missing', `answers.json has no numbers under "${key}".`);
  }
  return { value: record(Object.fromEntries(read)) };
}

/** Every array that has its right size; the others are named. */
export function readNumbers({ value }: Answered, shapes: Shapes): Reading {
  const answer: Record<string, NdArray> = {};
  const misreads: Record<string, { says: string; yours: string }> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    const given = fieldOf(value, name);
    const size = sizeOf(shape);
    if (isArray(given) && given.data.length === size) answer[name] = { ...given, shape: [...shape] };
    else {
      const yours = isArray(given) ? `${given.data.length} numbers` : 'nothing that can be read as numbers';
      misreads[name] = { says: `${name} should hold ${size} number${size === 1 ? '' : 's'}.`, yours };
    }
  }
  return Object.keys(misreads).length > 0 ? { answer, notes: [], misreads } : { answer, notes: [] };
}
