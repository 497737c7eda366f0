/**
 * Objects of the student's that are used more than once: they work on another input, another object of their kind works in
 * between, and then the first question comes again, to that other object, too. What was kept from an earlier call shows: sums
 * that grow, momentum, the first input or the first answer instead of the last one.
 */
import { agree } from '../follow-through.ts';
import type { Finding } from '../model/finding.ts';
import type { Guest, Value } from '../model/guest.ts';
import type { Answered, Question, Reading } from '../question.ts';
import { fieldOf, record } from '../values.ts';

/**
 * Makes an object that a probe asks for; it can then be asked this probe and others of the same sizes. One that is asked a probe
 * with other weights gets those first.
 */
export type MakeObject<Probe> = (guest: Guest, probe: Probe) => Promise<(probe: Probe) => Promise<Answered>>;

/**
 * The question, put to an object twice, and to one that has answered another one before; `other` is a probe of the same sizes,
 * `elsewhere` the probe with other weights, with which that other object has then worked. In double precision, where only the last digits
 * of an answer are settled, it is put once.
 */
export function askedAgain<Probe, More>(
  asked: Omit<Question<Probe>, 'ask'> & More,
  make: MakeObject<Probe>,
  other: (probe: Probe) => Probe,
  elsewhere?: (probe: Probe) => Probe,
): Question<Probe> & NoInfer<More> {
  return {
    ...asked,
    ask: async (guest, probe) => {
      const run = await make(guest, probe);
      const first = await run(probe);
      if (guest.precision === 'double') return first;
      await run(other(probe));
      const between = elsewhere?.(probe) ?? probe;
      const neighbour = await make(guest, between);
      await neighbour(other(between));
      const { value: again } = await run(probe);
      // Who goes on with the first of all answers gives it to the first question again; here another one came first.
      const second = (await neighbour(probe)).value;
      const later = elsewhere === undefined ? { second } : { moved: second };
      return { ...first, value: record({ first: first.value, again, ...later }) };
    },
    read: (answered, probe) => {
      const first = fieldOf(answered.value, 'first');
      if (first === undefined) return asked.read(answered, probe);
      const reading = (value: Value | undefined) => asked.read({ value }, probe);
      const settled = steady(
        asked.read({ ...answered, value: first }, probe),
        reading(fieldOf(answered.value, 'again')),
      );
      const second = fieldOf(answered.value, 'second');
      if (second !== undefined) return steady(settled, reading(second));
      const moved = fieldOf(answered.value, 'moved');
      return moved === undefined ? settled : steady(settled, reading(moved), movedSays);
    },
  };
}

/** The question as a new object answers it. */
export const firstOnly = <Probe, Asked extends Pick<Question<Probe>, 'read'>>(asked: Asked): Asked => ({
  ...asked,
  read: (answered: Answered, probe: Probe) => asked.read({ ...answered, value: firstTime(answered.value) }, probe),
});

/** What a new object answered, of an answer to both questions. */
export const firstTime = (value: Value): Value => fieldOf(value, 'first') ?? value;

/** The first answer; of tensors that are others when the question comes again, this is said in their place. */
function steady(first: Reading, again: Reading, says = keptSays): Reading {
  if (!('answer' in first)) return first;
  if (!('answer' in again)) return { misread: { ...again.misread, hint } };
  const isOther = (name: string) => {
    const array = first.answer[name]!;
    return array.data.every(Number.isFinite) && !agree(again.answer[name], array);
  };
  const others = Object.keys(first.answer).filter(isOther);
  if (others.length === 0) return first;
  const answer = Object.fromEntries(Object.entries(first.answer).filter(([name]) => !others.includes(name)));
  const kept = Object.fromEntries(others.map((name) => [name, { says, hint }]));
  return { ...first, answer, misreads: { ...first.misreads, ...kept } };
}

/** Whether this is said of an object because it keeps something between calls. */
export const saysKept = ({ says }: Finding): boolean => [keptSays, movedSays].includes(says);

const keptSays = 'The same object gives another answer to the same question after it has worked on another input.';
const movedSays = 'An object that has worked with other weights before gives another answer to the same question.';
const hint =
  'Something is kept from an earlier call, for instance a sum that grows, or an input or weights that are not the last ones: begin every call anew, with the arguments of that call.';
