/** Times and lengths of time as course.json writes them, and as readers are told them. */
import { clockAt, secondOf } from './zone.ts';

/** How long a step is: so many days of the calendar, or so many seconds. */
type Length = { days: number } | { seconds: number };

const seconds: Record<string, number> = { second: 1, minute: 60, hour: 3600 };
const days: Record<string, number> = { day: 1, week: 7 };

/** "6 hours", "day". */
export function lengthOf(text: string): Length {
  const [, count = '1', unit] = /^(?:(\d+) )?([a-z]+?)s?$/.exec(text)!;
  const inDays = days[unit!];
  return inDays === undefined ? { seconds: Number(count) * seconds[unit!]! } : { days: Number(count) * inDays };
}

/**
 * The second at which a written time is; undefined where there is no such day or hour, or no place is known whose clock shows it.
 * Fractions of a second are dropped.
 */
export function secondIn(
  text: string,
  zone: string | undefined,
  which: 'first' | 'second' = 'second',
): number | undefined {
  const [, date, clock, second = '00', offset] =
    /^([\d-]+)T(\d\d:\d\d)(?::(\d\d)(?:[.,]\d+)?)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  const inUtc = new Date(`${date}T${clock}:${second}Z`);
  // 31 June is read as 1 July, 24:00 as the next day: then what is read is not what was written.
  if (Number.isNaN(inUtc.getTime()) || !inUtc.toISOString().startsWith(`${date}T${clock}:${second}`)) return undefined;
  if (offset !== undefined) {
    const at = Date.parse(`${date}T${clock}:${second}${offset}`) / 1000;
    return Number.isNaN(at) ? undefined : at;
  }
  return zone === undefined ? undefined : secondOf(clockAt(inUtc.getTime() / 1000, 'UTC'), zone, which);
}

const months = 'January February March April May June July August September October November December'.split(' ');

/** "20 November 2026, 23:59 (Europe/Dublin)", with the seconds where there are some. */
export function timeInWords(second: number, zone: string | undefined): string {
  const time = clockAt(second, zone ?? 'UTC');
  const two = (n: number) => String(n).padStart(2, '0');
  const clock = `${two(time.hour)}:${two(time.minute)}${time.second === 0 ? '' : `:${two(time.second)}`}`;
  const day = `${time.day} ${months[time.month - 1]} ${time.year}`;
  return zone === undefined ? `${day}, ${clock} UTC` : `${day}, ${clock} (${zone})`;
}

/** "2 days 1 h 5 s": all of it, a day being 24 hours. */
export function spanInWords(span: number): string {
  const whole = Math.floor(span / 86_400);
  const parts = [
    whole > 0 ? `${whole} ${whole === 1 ? 'day' : 'days'}` : '',
    ...[Math.floor((span % 86_400) / 3600), Math.floor((span % 3600) / 60), span % 60].map((n, i) =>
      n > 0 ? `${n} ${['h', 'min', 's'][i]}` : '',
    ),
  ];
  return parts.filter((part) => part !== '').join(' ') || '0 s';
}
