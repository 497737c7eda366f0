/** How it stands with a queue, for people. */
import type { Overview } from '../graders/queue/postgres/overview.ts';
import { plainLine } from './plain-text.ts';

/** A few lines; what needs somebody comes first. */
export function queueText({ courses, workers, failures, lastHour, results, alarms }: Overview): string {
  const waiting = courses.flatMap(({ urgencies }) => urgencies).reduce((sum, one) => sum + one.waiting, 0);
  const rate = lastHour.reduce((sum, one) => sum + one.results, 0);
  const lines = [
    ...alarms.map(
      ({ job, workers: [first, other] }) =>
        `ALARM: ${first} and ${plainLine(other)} graded job ${job.slice(0, 12)} differently. The first grade stands; both are kept.`,
    ),
    ...failures.map(({ reason, jobs }) => `Put aside: ${counted(jobs, 'job')}: ${plainLine(reason)}`),
    ...(failures.length > 0 ? ['  gradmark queue redrive tries them again.'] : []),
    ...(waiting > 0 && !workers.some(({ state }) => state === 'working')
      ? ['Nobody works: start gradmark work on any machine.']
      : []),
    ...courses.flatMap(({ course, weight, cap, urgencies }) => [
      `${plainLine(course)} (weight ${weight}${cap === undefined ? '' : `, at most ${cap} at once`})`,
      ...urgencies.map(
        (one) =>
          `  ${one.urgency}: ${one.waiting} waiting${one.waiting > 0 ? `, the oldest for ${time(one.oldestSeconds)}` : ''}, ` +
          `${one.underWay} under way${one.aside > 0 ? `, ${one.aside} put aside` : ''}`,
      ),
    ]),
    `${counted(workers.length, 'worker')}${workers.length > 0 ? ':' : ''}`,
    ...workers.flatMap(({ name, state, doing, done, seenSecondsAgo, refuses }) => [
      `  ${plainLine(name)}: ${state}, ${doing} under way, ${done} done, heard of ${time(seenSecondsAgo)} ago`,
      ...refuses.map(
        ({ course, sentences }) =>
          `    not for ${plainLine(course)}: ${sentences.map((one) => plainLine(one)).join(' ')}`,
      ),
    ]),
    `${counted(rate, 'result')} in the last hour, ${results} kept.`,
  ];
  return `${lines.join('\n')}\n`;
}

const counted = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;

const time = (seconds: number) =>
  seconds < 120
    ? `${seconds} s`
    : seconds < 7200
      ? `${Math.round(seconds / 60)} min`
      : `${Math.round(seconds / 3600)} h`;
