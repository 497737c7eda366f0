/** Files that the sheet gives, as they lie in somebody's repository: grading uses the sheet's own, and a changed copy is said. */
import type { Coursework } from '../coursework.ts';
import type { Entry } from '../intake/entry.ts';
import { defaultLimits } from '../intake/limits.ts';

/** A sentence for each copy that is not as the sheet gave it; line ends do not count. */
export async function changedCopies(
  entries: readonly Entry[],
  { given, givenPython = [] }: Pick<Coursework, 'given' | 'givenPython'>,
): Promise<string[]> {
  const originals = [...given, ...givenPython];
  const said: string[] = [];
  for (const { path, aside, read } of entries) {
    const original = originals.find((file) => path === file.path || path.endsWith(`/${file.path}`));
    if (original === undefined || aside !== undefined) continue;
    const text = (await read(defaultLimits.fileBytes)).toString('utf8');
    if (unified(text) === unified(original.text)) continue;
    said.push(`${path} is not as the sheet gave it: it is graded with the sheet's own, so changes in it do nothing.`);
  }
  return said;
}

const unified = (text: string): string => text.replace(/\r\n?/g, '\n').trimEnd();
