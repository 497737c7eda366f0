/** The rules of a course file that its schema cannot say. */
import { nearest } from '../assignment/did-you-mean.ts';
import type { CourseFile, Penalty, Terms } from './course-file.ts';
import { secondIn } from './times.ts';
import { isZone } from './zone.ts';

/** Every contradiction in a course file whose shape is right, one sentence each; `slugs` are the courseworks that there are. */
export function courseMistakes(course: CourseFile, slugs: Iterable<string>): string[] {
  const { timeZone } = course;
  // Where nobody knows the zone, times are still days and hours that there are or are not.
  const zone = timeZone === undefined || isZone(timeZone) ? timeZone : 'UTC';
  return [
    ...mistakenNames(course, slugs),
    ...penaltyMistakes('penalty', course.penalty),
    ...Object.entries(course.assignments).flatMap(([slug, terms]) => termMistakes(`assignments.${slug}`, terms, zone)),
  ];
}

/** Names that are nothing's, of which a file can be told whatever shape the rest of it has. */
export function mistakenNames(course: unknown, slugs: Iterable<string>): string[] {
  const { timeZone, assignments } = (course ?? {}) as Record<string, unknown>;
  const known = new Set(slugs);
  return [
    ...(typeof timeZone === 'string' && !isZone(timeZone)
      ? [`timeZone must be a time zone that this machine knows, like Europe/Dublin, got ${quote(timeZone)}`]
      : []),
    ...Object.keys(Object(assignments)).flatMap((slug) => slugMistakes(slug, known)),
  ];
}

/** A course may have courseworks that lie elsewhere; a name close to one that is here is a slip of the finger. */
function slugMistakes(slug: string, known: ReadonlySet<string>): string[] {
  const meant = known.has(slug) ? undefined : nearest(slug, known);
  return meant === undefined
    ? []
    : [`assignments must name courseworks, got ${quote(slug)}; did you mean ${quote(meant)}?`];
}

function termMistakes(field: string, terms: Terms, zone: string | undefined): string[] {
  const { due, lastAcceptance, extensions = [] } = terms;
  const written: [string, string | undefined][] = [
    [`${field}.due`, due],
    [`${field}.lastAcceptance`, lastAcceptance],
    ...extensions.map(({ until }, i): [string, string] => [`${field}.extensions[${i}].until`, until]),
  ];
  const mistakes = [
    ...written.flatMap(([place, text]) => (text === undefined ? [] : timeMistakes(place, text, zone))),
    ...penaltyMistakes(`${field}.penalty`, terms.penalty),
  ];
  const second = (text: string) => secondIn(text, zone) ?? Number.NaN;
  if (due === undefined && (lastAcceptance !== undefined || extensions.length > 0)) {
    mistakes.push(`${field}.due is missing: without it there is nothing to extend`);
  }
  if (due !== undefined && lastAcceptance !== undefined && second(lastAcceptance) < second(due)) {
    mistakes.push(`${field}.lastAcceptance must not be before due (${due}), got ${quote(lastAcceptance)}`);
  }
  extensions.forEach(({ who, until }, i) => {
    const first = extensions.findIndex((other) => sameText(other.who, who));
    const place = `${field}.extensions[${i}]`;
    if (first < i) mistakes.push(`${place}.who must be another person, got ${quote(who)} again (extensions[${first}])`);
    if (due !== undefined && second(until) < second(due)) {
      mistakes.push(`${place}.until must not be before due (${due}), got ${quote(until)}`);
    }
  });
  return mistakes;
}

function timeMistakes(place: string, text: string, zone: string | undefined): string[] {
  if (secondIn(text, zone ?? 'UTC') === undefined) {
    return [`${place} must be a day and a time that there are, got ${quote(text)}`];
  }
  if (secondIn(text, zone) !== undefined) return [];
  return [
    `${place} must say whose clock it means, got ${quote(text)}: write "timeZone": "Europe/Dublin" at the top, or an offset ` +
      `behind it ("${text}+01:00", "${text}Z")`,
  ];
}

function penaltyMistakes(field: string, penalty: Penalty | undefined): string[] {
  if (penalty === undefined) return [];
  const { percent, marks, atMost } = penalty;
  if ((percent === undefined) === (marks === undefined)) {
    return [`${field} must give either percent or marks, got ${percent === undefined ? 'neither' : 'both'}`];
  }
  const step = percent ?? marks!;
  if (atMost !== undefined && atMost < step) {
    return [`${field}.atMost must not be below one step (${step}), got ${atMost}`];
  }
  return [];
}

const sameText = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

const quote = (text: string) => JSON.stringify(text);
