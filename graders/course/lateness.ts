/** What coming late costs: counted to the second, in steps that have begun, said in one sentence with its arithmetic. */
import type { Grade } from '../model/grade.ts';
import type { Lateness } from '../model/marking.ts';
import type { Penalty } from './course-file.ts';
import type { LateRule } from './late-rule.ts';
import { after } from './late-rule.ts';
import { isMeant } from './same-person.ts';
import { secondIn, spanInWords, timeInWords } from './times.ts';

type Whose = Pick<Grade, 'id' | 'origin' | 'max'>;

/**
 * Undefined where it came in time, extension and grace included, or nothing is due. Where nobody knows when it came, nothing
 * is charged, and said.
 */
export function lateness(rule: LateRule, grade: Whose): Lateness | undefined {
  const { due, zone } = rule;
  if (due === undefined) return undefined;
  const extension = Math.max(...rule.extensions.filter(({ who }) => isMeant(who, grade)).map(({ until }) => until));
  const until = Math.max(due, extension);
  const held = after(until, rule.grace, 1, zone);
  const wasDue =
    `Due ${timeInWords(until, zone)}${until > due ? ' by an extension' : ''}` +
    (held > until ? `, with ${rule.grace} of grace` : '');
  const at = handedInAt(grade.origin?.at, zone);
  if (at === undefined) return unknown(wasDue, grade.origin);
  if (at <= held) return undefined;
  const lateBySeconds = at - held;
  const came = `${wasDue}; handed in ${timeInWords(at, zone)}, ${spanInWords(lateBySeconds)} late`;
  const last = rule.lastAcceptance === undefined ? undefined : Math.max(rule.lastAcceptance, held);
  if (last !== undefined && at > last) {
    const because = `${came}. Nothing was accepted after ${timeInWords(last, zone)}: all ${grade.max} marks are taken off.`;
    return { lateBySeconds, penalty: grade.max, because };
  }
  if (rule.penalty === undefined) return { lateBySeconds, penalty: 0, because: `${came}. That costs nothing.` };
  const { penalty, sum } = charged(rule.penalty, stepsBegun(rule.penalty, held, at, zone), grade.max);
  return { lateBySeconds, penalty, because: `${came}. ${sum}` };
}

function unknown(wasDue: string, origin: Grade['origin']): Lateness {
  const says =
    origin?.at !== undefined
      ? `it says that it was handed in at ${origin.at}, and no "timeZone" in the course file says whose clock that is`
      : origin?.late === true
        ? 'the platform says that it came late, but not by how much'
        : 'when it was handed in is not known';
  return { lateBySeconds: 0, penalty: 0, because: `${wasDue}; ${says}: nothing is taken off.` };
}

/** Some platforms say what the clock of the place showed: of an hour that comes twice it is the first time, for nobody's harm. */
const handedInAt = (at: string | undefined, zone: string | undefined): number | undefined =>
  at === undefined ? undefined : secondIn(at, zone, 'first');

/** A step has begun one second after the one before is over: exactly one day late is one day. */
function stepsBegun({ per }: Penalty, held: number, at: number, zone: string | undefined): number {
  if (per === 'once') return 1;
  const length = after(held, per, 1, zone) - held;
  // Days may be an hour longer or shorter than the first one; from a guess that is never too high it is a few steps.
  let steps = Math.max(1, Math.floor((at - held) / length) - 1);
  while (after(held, per, steps, zone) < at) steps++;
  return steps;
}

/** "10% of 70 marks for every day begun: 2 × 7 = 14 marks are taken off (at most 35)." */
function charged(rule: Penalty, steps: number, max: number): { penalty: number; sum: string } {
  const share = (amount: number) => (rule.percent === undefined ? amount : (amount * max) / 100);
  const [step, full] = [round(share(rule.percent ?? rule.marks!)), round(share(steps * (rule.percent ?? rule.marks!)))];
  const cap = Math.min(max, rule.atMost === undefined ? Infinity : share(rule.atMost));
  const penalty = round(Math.min(full, cap));
  const price = rule.percent === undefined ? words(step) : `${rule.percent}% of ${words(max)}`;
  const each = rule.per === 'once' ? ', once' : ` for every ${rule.per} begun`;
  const product = steps === 1 ? '' : `${steps} × ${step} = `;
  const capped =
    penalty < full ? `, but at most ${round(cap)} are taken off` : `${full === 1 ? ' is' : ' are'} taken off`;
  return { penalty, sum: `${price}${each}: ${product}${words(full)}${capped}.` };
}

const words = (marks: number) => `${marks} ${marks === 1 ? 'mark' : 'marks'}`;

/** Marks are multiples of 1/1000. */
const round = (marks: number) => Math.round(marks * 1000) / 1000;
