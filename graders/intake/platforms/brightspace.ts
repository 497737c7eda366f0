/** Brightspace: `39786-640693 - Aiden Rodriguez - Oct 10, 2025 1022 AM`, a folder for each attempt, or in front of each file. */
import type { Owned } from './owned.ts';

const date = String.raw`(\p{L}{3,12}\.?) (\d{1,2}), (\d{4}) (\d{1,2})(\d\d)(?: ([AP]M))?`;
const pattern = new RegExp(String.raw`^(\d{1,20})-(\d{1,20}) - (.+?) - ${date}(?: - (.+))?$`, 'su');

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The name of the folder, or of a file with what Brightspace wrote in front of it. The time is that of the place, without a zone. */
export function brightspace(name: string): Owned | undefined {
  const found = pattern.exec(name);
  if (found === null) return undefined;
  const [, person, , fullName, month, day, year, hour, minute, half, file = ''] = found;
  const at = timeOf({ month, day, year, hour, minute, half });
  return {
    origin: {
      platform: 'brightspace',
      handedInAs: file === '' ? name : name.slice(0, -` - ${file}`.length),
      person: person!,
      name: fullName!,
      ...(at !== undefined && { at }),
    },
    label: fullName!,
    distinct: person!,
    file,
  };
}

type Written = Record<'month' | 'day' | 'year' | 'hour' | 'minute' | 'half', string | undefined>;

/** Undefined where the month is in another language, or there is no such time. */
function timeOf({ month, day, year, hour, minute, half }: Written): string | undefined {
  const index = months.indexOf(month!.slice(0, 3).toLowerCase());
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'PM' ? 12 : 0);
  const two = (n: number | string) => String(n).padStart(2, '0');
  const at = `${year}-${two(index + 1)}-${two(day!)}T${two(hours)}:${minute}:00`;
  return index < 0 || hours > 23 || Number.isNaN(Date.parse(`${at}Z`)) ? undefined : at;
}
