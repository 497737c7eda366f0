/** Whether what is written of a class can be opened by anybody, however much its programs say, and what making it cost. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Grading {
  folder: string;
  /** Grades a folder with the command. */
  grade(slug: string, path: string, ...words: string[]): Promise<Graded>;
}

/** What the command said, where it wrote to, and the results by name. */
export interface Graded {
  code: number;
  said: string;
  out: string;
  submissions: { id: string; score: number; held?: boolean; refused?: string; tasks: unknown[] }[];
}

interface ClassOf {
  /** The only task that is graded, and what the file is called that each of the class hands in for it. */
  task: string;
  file: string;
  /** Its text, by student. */
  texts: Readonly<Record<string, string>>;
  /** What no page may be larger than, no grade better than, and the grading may cost at most. */
  most: { bytes: number; score: number; cpuMs: number };
}

/** Grades such a class of the Boston sheet, and says what came of it. */
export async function classPages({ folder, grade }: Grading, asked: ClassOf): Promise<string> {
  const { task, file, texts, most } = asked;
  const students = join(folder, 'class');
  for (const [name, text] of Object.entries(texts)) {
    await mkdir(join(students, name), { recursive: true });
    await writeFile(join(students, name, file), text);
  }
  const before = await ofChildren();
  const { submissions, out, code, said } = await grade('boston-init-mnist-grads', students, '--only', task);
  const spentMs = (await ofChildren()) - before;
  const count = Object.keys(texts).length;
  const isGraded = code === 0 && submissions.length === count && submissions.every(({ score }) => score <= most.score);
  if (!isGraded) return `code ${code}: ${said.slice(-300)}`;
  const files = await readdir(out, { recursive: true, withFileTypes: true });
  const pages = files.filter(({ name }) => name.endsWith('.html'));
  const sizes = await Promise.all(pages.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return pages.length > count && Math.max(...sizes) < most.bytes && spentMs < most.cpuMs
    ? 'pages that anybody can open'
    : `pages of up to ${Math.max(...sizes)} bytes, ${spentMs} ms`;
}

/** Processor time of the processes that this one has started and seen end. */
async function ofChildren(): Promise<number> {
  const text = await readFile('/proc/self/stat', 'latin1');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}
