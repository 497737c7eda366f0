/**
 * Times on the clock of a place and the seconds that all clocks share. Days are days of the clock: where it is put back
 * between two evenings, they lie 25 hours apart.
 */

/** A time as a calendar and a clock show it, wherever that is; months from 1. */
interface ClockTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** Whether this machine knows a time zone of that name. */
export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/**
 * The second at which the clock of a place shows this. Of an hour that comes twice it is the `which` time; one that is left out
 * is as long after it as it reads.
 */
export function secondOf(time: ClockTime, zone: string, which: 'first' | 'second' = 'second'): number {
  const read = asUtc(time);
  const offsets = [read - 86_400, read + 86_400].map((around) => offsetAt(around, zone));
  const fitting = offsets.map((offset) => read - offset).filter((at) => asUtc(clockAt(at, zone)) === read);
  return fitting.length === 0 ? read - Math.min(...offsets) : (which === 'first' ? Math.min : Math.max)(...fitting);
}

/** What the clock of a place shows at a second. */
export function clockAt(second: number, zone: string): ClockTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(second * 1000)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name)!;
  return {
    ...{ year: part('year'), month: part('month'), day: part('day') },
    ...{ hour: part('hour'), minute: part('minute'), second: part('second') },
  };
}

/** The same time of day, days later. */
export function daysLater(second: number, days: number, zone: string): number {
  const time = clockAt(second, zone);
  const there = new Date(Date.UTC(time.year, time.month - 1, time.day + days));
  return secondOf(
    { ...time, year: there.getUTCFullYear(), month: there.getUTCMonth() + 1, day: there.getUTCDate() },
    zone,
  );
}

const asUtc = ({ year, month, day, hour, minute, second }: ClockTime): number =>
  Date.UTC(year, month - 1, day, hour, minute, second) / 1000;

const offsetAt = (second: number, zone: string): number => asUtc(clockAt(second, zone)) - second;

const formatOf = (timeZone: string) =>
  new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
