/** When something was handed in, as Moodle writes it into its grading worksheet: `Friday, 20 November 2026, 10:05 PM`, in many languages. */

/** Day, name of the month, year; in American English the month comes first. */
const dates = [
  /(?<day>\d{1,2})\.? (?:de )?(?<month>\p{L}{3,12})\.? (?:de )?(?<year>\d{4})/u,
  /(?<month>\p{L}{3,12}) (?<day>\d{1,2}), (?<year>\d{4})/u,
];
const clock = /(?<hour>\d{1,2})[:.](?<minute>\d{2})(?: ?(?<half>[AP])\.?M\.?)?$/iu;

const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'cs', 'sv', 'da', 'nb', 'fi', 'ca'];

/** Reads times of the place, without a zone, as `2026-11-20T22:05:00`; what is not a time that can be read gives undefined. */
export function moodleTimes(): (cell: string) => string | undefined {
  const months = namesOfMonths();
  return (cell) => {
    const text = cell.normalize('NFKC').replace(/\s+/gu, ' ').trim();
    const time = clock.exec(text)?.groups;
    const date = dates.map((pattern) => pattern.exec(text)?.groups).find((groups) => groups !== undefined);
    const month = months.get(date?.['month']?.toLowerCase() ?? '');
    if (time === undefined || date === undefined || month === undefined) return undefined;
    const half = time['half']?.toUpperCase();
    const hour = half === undefined ? Number(time['hour']) : (Number(time['hour']) % 12) + (half === 'P' ? 12 : 0);
    const two = (n: number | string) => String(n).padStart(2, '0');
    const at = `${date['year']}-${two(month)}-${two(date['day']!)}T${two(hour)}:${time['minute']}:00`;
    // 31 June is read as 1 July: then it is not what was written.
    const read = new Date(`${at}Z`);
    return Number.isNaN(read.getTime()) || read.toISOString().slice(0, 19) !== at ? undefined : at;
  };
}

/** Name → 1 to 12 in all of the languages, as it stands in a date and alone. */
function namesOfMonths(): Map<string, number> {
  const days = Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(2026, i, 15)));
  const names = languages.flatMap((language) => {
    const inDate = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' });
    const alone = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
    return days.flatMap((day, i) => {
      const part = inDate.formatToParts(day).find(({ type }) => type === 'month')?.value;
      return [part ?? '', alone.format(day)].map((name) => [name.toLowerCase(), i + 1] as const);
    });
  });
  return new Map(names);
}
