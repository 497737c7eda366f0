/** A class of small submissions to one cheap task: right, wrong, crashing ones and such as lack the file, each a little different. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCoursework, listCourseworks } from '../../graders/coursework.ts';
import { findHandedIn } from '../../graders/intake/receive.ts';

export const slug = 'numpy-mlp-digits';
export const task = '2.2';

const sigmoid = (value: string) =>
  `export class Sigmoid {\n  call(x: number[][]): number[][] {\n    return x.map((row) => row.map((z) => ${value}));\n  }\n}\n`;

const ways: readonly (readonly [file: string, text: string])[] = [
  ['sigmoid.ts', sigmoid('1 / (1 + Math.exp(-z))')],
  ['sigmoid.ts', sigmoid('1 / (1 + Math.exp(z))')],
  ['sigmoid.ts', 'export class Sigmoid {\n  call(): never {\n    throw new Error("not today");\n  }\n}\n'],
  ['softmax.ts', 'export class Softmax {}\n'],
  ['notes.txt', 'I could not do it.\n'],
];

/** Writes a class of `count` into a folder. */
export async function writeClass(folder: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const name = `s${String(i).padStart(3, '0')}`;
    const [file, text] = ways[i % ways.length]!;
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, file), `// Handed in by ${name}.\n${text}`);
  }
}

/** What of a class any record must agree with: the hash of each submission by its name, nothing where it is refused. */
export async function hashesOf(folder: string): Promise<Map<string, string>> {
  const found = new Map(await listCourseworks([])).get(slug)!;
  const { assignment } = await openCoursework(found);
  const hashes = new Map<string, string>();
  for (const handedIn of await findHandedIn(folder, { assignment })) {
    const item = await handedIn.read();
    hashes.set(handedIn.id, 'refused' in item ? '' : item.sha256);
  }
  return hashes;
}
