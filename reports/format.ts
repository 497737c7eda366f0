/**
 * How numbers are written for readers, decided once: marks, measured values, shares, factors, times.
 */

/** Marks to two decimals, trailing zeros dropped: 7.50 is "7.5", 3.00 is "3". */
export function marks(value: number): string {
  if (!Number.isFinite(value)) return number(value);
  return String(Object.is(cents(value), -0) ? 0 : cents(value));
}

/** Rounds to two decimals, halves away from zero, and forgives the binary tail of sums: 1.005 becomes 1.01. */
function cents(value: number): number {
  return (Math.sign(value) * Math.round((Math.abs(value) + Number.EPSILON * Math.abs(value) * 4) * 100)) / 100;
}

/** Names of code, which titles set between backticks, between quotes: a page shows backticks as they are. */
export const quoted = (title: string): string => title.replace(/`([^`]+)`/g, '"$1"');

/** An average of marks, to one decimal: more would claim too much. */
export const tenth = (value: number): string => marks(Math.round(value * 10) / 10);

/** "1 mark", "2.5 marks". */
export const marksWord = (value: number): string => `${marks(value)} ${marks(value) === '1' ? 'mark' : 'marks'}`;

/** The same before what is said of them: "1 mark is", "2 marks are". */
export const marksAre = (value: number): string => `${marksWord(value)} ${marks(value) === '1' ? 'is' : 'are'}`;

/** A measured value to six significant digits; what JavaScript writes cryptically is said in words. */
export function number(value: number): string {
  if (Number.isNaN(value)) return 'NaN (not a number)';
  if (value === Infinity) return 'infinity';
  if (value === -Infinity) return 'minus infinity';
  if (Object.is(value, -0)) return 'minus zero';
  return String(Number(value.toPrecision(6)));
}

/** A distance or tolerance to two significant digits, always finite words. */
export function rough(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(2))) : number(value);
}

/** A share 0..1 as a whole percentage that says 0% and 100% only when it is exactly so. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return 'unknown';
  if (share <= 0) return '0%';
  if (share >= 1) return '100%';
  const whole = Math.round(share * 100);
  return whole === 0 ? 'under 1%' : whole === 100 ? 'over 99%' : `${whole}%`;
}

/** A share 0..1 clamped for drawing, in percent to one decimal. */
export function barWidth(score: number, max: number): number {
  const share = max > 0 && Number.isFinite(score) ? score / max : 0;
  return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
}

/** How many times, at most two digits that matter: 3.2, 41, 1300, "more than a million". */
export function times(factor: number): string {
  if (!Number.isFinite(factor) || factor > 1e6) return 'more than a million times';
  return `${grouped(Number(factor.toPrecision(2)))} times`;
}

/** Thousands apart by a narrow space from five digits on, as typographers do. */
export function grouped(value: number): string {
  const text = String(value);
  return /^\d{5,}$/.test(text) ? text.replace(/\B(?=(\d{3})+$)/g, '\u202f') : text;
}

/** "1 student", "12 students". */
export const count = (n: number, one: string, many = `${one}s`): string => `${grouped(n)} ${n === 1 ? one : many}`;

/** Milliseconds as people say them: "340 ms", "2.1 s", "3 min 5 s". */
export function duration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return 'unknown';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(1))} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** An ISO instant as "3 March 2026, 14:05 UTC"; anything else is given back as it is. Independent of locale and zone. */
export function instant(iso: string): string {
  // A time of the place has no zone: it is shown as it was written.
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(iso) || !iso.includes('T');
  const date = new Date(hasZone ? iso : `${iso}Z`);
  if (Number.isNaN(date.getTime())) return iso;
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}${hasZone ? ' UTC' : ''}`;
}

/** A tensor's shape as people write it: "5 × 4", "7 entries", "one number". */
export function shapeWords(shape: readonly number[]): string {
  if (shape.length === 0) return 'one number';
  if (shape.length === 1) return count(shape[0]!, 'entry', 'entries');
  return shape.join(' × ');
}
