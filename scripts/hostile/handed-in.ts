/** What attacks by hand-ins have in common: somebody hostile beside somebody honest, and an archive that is not what it says. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Graded } from './class-pages.ts';

interface Beside {
  /** What `mallory` hands in, by path. */
  files: Readonly<Record<string, string>>;
  /** Tasks that are graded, with commas. */
  tasks: string;
  /** Whether mallory's grade, what the command said and the pages are as they should be. */
  holds(seen: { mallory: Graded['submissions'][number]; said: string; pages: readonly string[] }): boolean;
}

/** All of Question 3b, right. */
const honest = { softmaxJacobian: 'yhat_j*(delta_jk - yhat_k)', dLda: 'yhat_j - y_j' };

/** Grades both, by the Boston sheet; "held" where the honest one has every mark of Question 3b and nobody's grade is ours to mend. */
export async function besideHonest(
  { folder, grade }: { folder: string; grade(slug: string, path: string, ...words: string[]): Promise<Graded> },
  { files, tasks, holds }: Beside,
): Promise<string> {
  const all = Object.entries(files).map(([path, text]) => [join('mallory', path), text] as const);
  for (const [path, text] of [...all, ['honest/answers.json', JSON.stringify(honest)] as const]) {
    await mkdir(join(folder, 'class', dirname(path)), { recursive: true });
    await writeFile(join(folder, 'class', path), text);
  }
  const { code, said, out, submissions } = await grade(
    'boston-init-mnist-grads',
    join(folder, 'class'),
    '--only',
    tasks,
  );
  const names = (await readdir(out, { recursive: true })).filter((path) => path.endsWith('.html'));
  const pages = await Promise.all(names.map((path) => readFile(join(out, path), 'utf8')));
  const [theirs, mallory] = ['honest', 'mallory'].map((name) => submissions.find(({ id }) => id === name));
  const isWell = code === 0 && theirs?.score === 3 && mallory !== undefined && mallory.held !== true;
  return isWell && holds({ mallory, said, pages })
    ? 'held'
    : `${code} ${theirs?.score} ${JSON.stringify(mallory?.tasks)} ${said.slice(-200)}`;
}

/** What intake makes of an archive of these bytes, as JSON. */
export async function receiveArchive(
  { folder, receive }: { folder: string; receive(path: string): Promise<unknown> },
  zip: Uint8Array,
): Promise<string> {
  const path = join(folder, 'mallory.zip');
  await writeFile(path, zip);
  return JSON.stringify(await receive(path));
}
