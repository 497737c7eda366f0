/** Reads one assignment.json and says everything that is wrong with it at once. */
import { access, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import type { ErrorObject } from 'ajv';
import { jsonMistake } from '../json-mistake.ts';
import type { Assignment } from '../model/assignment.ts';
import { sentenceOf } from './schema-sentences.ts';
import { semanticMistakes } from './semantic-mistakes.ts';

/** The schema is far from that deep. */
const deepest = 32;

/** An assignment.json that cannot be used; the message lists every mistake, one line each. */
export class AssignmentError extends Error {
  override readonly name = 'AssignmentError';
}

/** The assignment of a folder, validated against the schema and against itself; throws one AssignmentError for all mistakes. */
export async function loadAssignment(folder: string): Promise<Assignment> {
  const path = join(folder, 'assignment.json');
  const data = parse(await readText(path), path);
  const validate = new Ajv({ allErrors: true, verbose: true, strict: true }).compile(
    JSON.parse(await readFile(await schemaPath(), 'utf8')) as object,
  );
  if (!validate(data)) fail(path, sentencesOf(validate.errors ?? []));
  const assignment = data as Assignment;
  const mistakes = semanticMistakes(assignment);
  const name = basename(resolve(folder));
  if (assignment.slug !== name)
    mistakes.unshift(`slug must be the name of its folder, "${name}", got "${assignment.slug}"`);
  if (mistakes.length > 0) fail(path, mistakes);
  return assignment;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new AssignmentError(
      `${path}: cannot be read (${(error as NodeJS.ErrnoException).code}); is this the folder of an assignment?`,
    );
  }
}

function parse(text: string, path: string): unknown {
  const mistake = jsonMistake(text, deepest);
  if (mistake === undefined) return JSON.parse(text);
  const { says, line, column } = mistake;
  throw new AssignmentError(`${path}, line ${line}, column ${column}: is not JSON: ${says}`);
}

/** One sentence per field: a value that is no text at all need not also hear that it is too short. */
function sentencesOf(errors: readonly ErrorObject[]): string[] {
  const first = new Map<string, string>();
  for (const error of errors) {
    const sentence = sentenceOf(error);
    const about = ['required', 'additionalProperties'].includes(error.keyword) ? sentence : error.instancePath;
    if (!first.has(about)) first.set(about, sentence);
  }
  return [...first.values()];
}

function fail(path: string, sentences: readonly string[]): never {
  throw new AssignmentError(sentences.map((sentence) => `${path}: ${sentence}`).join('\n'));
}

/** The schema lies in the package's `assignments` folder, at another height above the source than above the build. */
async function schemaPath(): Promise<string> {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const path = join(folder, 'assignments', 'assignment.schema.json');
    const found = await access(path).then(
      () => true,
      () => false,
    );
    if (found) return path;
    if (folder === dirname(folder))
      throw new Error(`assignments/assignment.schema.json is missing above ${import.meta.dirname}`);
  }
}
