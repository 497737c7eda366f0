/** Reads a JSON file that a teacher writes, and says everything that its schema finds wrong with it at once. */
import type { ErrorObject } from 'ajv';
import { jsonMistake } from '../json-mistake.ts';
import { readPlainText } from '../plain-file.ts';
import { sentenceOf } from './schema-sentences.ts';
import type { Written } from './written-validators.ts';
import { validatorOf } from './written-validators.ts';

/** The schemas are far from that deep. */
const deepest = 32;

interface Read {
  /** What the file holds; only where nothing is wrong is it what the schema says. */
  data: unknown;
  /** One sentence for every mistake, file and place included. */
  mistakes: string[];
}

/** The content of the file, checked against `assignments/<schema>.schema.json`; `hint` asks what may be meant where it cannot be read. */
export async function readBySchema(path: string, schema: Written, hint: string): Promise<Read> {
  const text = await readPlainText(path).catch((error: NodeJS.ErrnoException) => error);
  if (typeof text !== 'string') {
    return { data: undefined, mistakes: [`${path}: cannot be read (${text.code}); ${hint}`] };
  }
  const mistake = jsonMistake(text, deepest);
  if (mistake !== undefined) {
    const { says, line, column } = mistake;
    return { data: undefined, mistakes: [`${path}, line ${line}, column ${column}: is not JSON: ${says}`] };
  }
  const data: unknown = JSON.parse(text);
  const validate = validatorOf(schema);
  return { data, mistakes: validate(data) ? [] : placed(path, sentencesOf(validate.errors ?? [])) };
}

/** Sentences with the file in front. */
export const placed = (path: string, sentences: readonly string[]): string[] =>
  sentences.map((sentence) => `${path}: ${sentence}`);

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
