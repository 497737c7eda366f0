/** `results.json`: what follows from the gradebook, written whole for programs that read it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Results } from '../model/grade.ts';
import { openPlainFile, readPlainText } from '../plain-file.ts';
import { fromJson, jsonPieces } from './json.ts';
import { GradebookError } from './read-event.ts';
import { writeWhole } from './write-whole.ts';

/** Stores the whole batch under `<outDir>/results.json`. */
export async function recordResults(outDir: string, results: Results): Promise<void> {
  await writeWhole(join(outDir, 'results.json'), jsonPieces(results));
}

/** Reads a finished batch. Throws with the path and what to do when it is absent or not a batch. */
export async function readResults(outDir: string): Promise<Results> {
  const path = join(outDir, 'results.json');
  let text: string;
  try {
    text = await readPlainText(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw unreadable(path, code);
    throw new Error(
      `${path} does not exist: grade something into this folder first (gradmark grade … --out ${outDir}).`,
    );
  }
  const results = fromJson(text) as Partial<Results>;
  if (results.schema !== 'gradmark/results/v1') throw new Error(`${path} is not a results file of gradmark.`);
  return results as Results;
}

/**
 * What only the last grading could know: who is on the roster and handed nothing in, and whose work something is. Read line by line, past
 * the grades, which are a hundred megabytes for a large class; nothing where there is no such file, or it is another one.
 */
export async function readWhose(outDir: string): Promise<Pick<Results, 'absent' | 'unclear'>> {
  const fields: string[] = [];
  let field: string[] | undefined;
  for await (const line of linesOf(join(outDir, 'results.json'))) {
    // As it is written: a field of the whole begins with two blanks, what is in it with more, and no text goes over lines.
    if (/^ {2}"/.test(line)) field = /^ {2}"(?:absent|unclear)": /.test(line) ? [] : undefined;
    field?.push(line);
    if (field === undefined || !/^ {2}(?:"|\])/.test(line) || /[[{]$/.test(line)) continue;
    fields.push(field.join('\n').replace(/,$/, ''));
  }
  return fromJson(`{${fields.join(',')}}`) as Pick<Results, 'absent' | 'unclear'>;
}

const unreadable = (path: string, code: string | undefined) => new GradebookError(`${path} cannot be read (${code}).`);

/** The lines of a file, of which no more is held than a piece; none where there is no file. */
async function* linesOf(path: string): AsyncGenerator<string> {
  if (!existsSync(path)) return;
  let rest = '';
  const file = await openPlainFile(path).catch(({ code }: NodeJS.ErrnoException) => {
    throw unreadable(path, code);
  });
  for await (const piece of file.createReadStream({ encoding: 'utf8' }) as AsyncIterable<string>) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  yield rest;
}
