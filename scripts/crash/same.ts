/** Whether two folders hold the same batch, byte for byte but for times. */
import { filesIn } from './look.ts';

/** In what the folder differs from the other; the secret may lie elsewhere. */
export async function differences(out: string, other: string): Promise<string[]> {
  const [files, expected] = [await filesIn(out), await filesIn(other)];
  const paths = [...new Set([...files.keys(), ...expected.keys()])].filter((path) => path !== 'secret').sort();
  return paths.flatMap((path) => {
    const [text, wanted] = [files.get(path), expected.get(path)];
    if (text === undefined) return [`${path} is missing`];
    if (wanted === undefined) return [`${path} is more than there should be`];
    return firstOther(withoutTimes(path, text), withoutTimes(path, wanted)).map(
      (how) => `${path} is not the same: ${how}`,
    );
  });
}

/** The first line in which a text differs from what was wanted. */
function firstOther(text: string, wanted: string): string[] {
  const [lines, others] = [text.split('\n'), wanted.split('\n')];
  const at = lines.findIndex((line, i) => line !== others[i]);
  if (at < 0 && lines.length === others.length) return [];
  const [line, other] = [lines, others].map((all) => (all.at(at) ?? '').trim().slice(0, 300));
  return [`"${line}" instead of "${other}"`];
}

function withoutTimes(path: string, text: string): string {
  if (path.endsWith('.json')) return text.replace(/"(ms|startedAt|finishedAt|at)": *("[^"]*"|[\d.]+)/g, '"$1": 0');
  if (!path.endsWith('.html')) return text;
  return (
    text
      .replace(/\d+ \w+ \d{4}, \d\d:\d\d UTC/g, 'then')
      .replace(/\b[\d.]+ (ms|s|min( [\d.]+ s)?)\b/g, 'a while')
      // Who took longest, and the order of rows by time.
      .replace(/<a href="[^"]*">[^<]*<\/a>\s*<b>a while<\/b>\s*<span class="quiet">[^<]*<\/span>/g, 'a slow one')
      .replace(/ style="--a:[^"]*"/g, '')
  );
}
