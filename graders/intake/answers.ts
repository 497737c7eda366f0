import { jsonMistake } from '../json-mistake.ts';
import { sizeInWords } from './limits.ts';
import { ProgramStopped } from '../stopped.ts';

const mostBytes = 200_000;
/** An answer is a formula or a list of numbers; nothing sensible is nested deeper. */
const deepest = 16;

/** The fields of answers.json; ProgramStopped('refused') says with line and column what is wrong with it. Has no inherited fields. */
export function parseAnswers(text: string): Record<string, unknown> {
  const parsed = parseCapped('answers.json', text, mostBytes);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ProgramStopped('refused', 'answers.json must hold one object: { "name": "answer", … }.');
  }
  // Without a prototype, an answer nobody gave is absent even if it is called `constructor`.
  return Object.assign(Object.create(null) as Record<string, unknown>, parsed);
}

/** Parses a student's JSON file within a size and depth; ProgramStopped('refused') says what is wrong and where. */
export function parseCapped(path: string, text: string, most: number): unknown {
  const bytes = Buffer.byteLength(text);
  if (bytes > most) {
    throw new ProgramStopped('refused', `${path} is ${sizeInWords(bytes)} (at most ${sizeInWords(most)}).`);
  }
  const mistake = jsonMistake(text, deepest);
  if (mistake !== undefined) {
    const { says, line, column } = mistake;
    throw new ProgramStopped('refused', `${path}, line ${line}, column ${column}: ${says}.`, { path, line, column });
  }
  return JSON.parse(text);
}
