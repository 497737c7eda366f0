import { cpuMsOf } from '../cpu-time.testing.ts';
import { expect, test } from 'vitest';
import { parseAnswers } from './answers.ts';
import { readSidecar } from './sidecar.ts';
import { ProgramStopped } from '../stopped.ts';

function refusalOf(text: string): string {
  try {
    parseAnswers(text);
  } catch (error) {
    expect(error).toBeInstanceOf(ProgramStopped);
    expect((error as ProgramStopped).kind).toBe('refused');
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

test('sound answers come back as they are, without inherited fields', () => {
  const answers = parseAnswers('{ "a": "x^2", "b": [1, -2.5e3, null, true], "c": { "d": "\\u00e9\\n" } }');
  expect(answers).toEqual({ a: 'x^2', b: [1, -2500, null, true], c: { d: 'é\n' } });
  expect(answers['constructor']).toBeUndefined();
  expect(parseAnswers('{ "__proto__": { "a": 1 } }')['a']).toBeUndefined();
});

test.each([
  ['{\n  "a": "x",\n}', 'answers.json, line 2, column 11: remove the comma before }.'],
  ['{\n  "a": "x"\n  "b": 1\n}', 'answers.json, line 3, column 3: a comma or } should stand here.'],
  ['{ a: 1 }', 'answers.json, line 1, column 3: a name in double quotes should stand here.'],
  ['{ "a": \'x\' }', 'answers.json, line 1, column 8: text stands in double quotes ("…").'],
  ['{ "a": x^2 }', 'answers.json, line 1, column 8: a value should stand here; text needs double quotes ("…").'],
  ['{ "a": 01 }', 'answers.json, line 1, column 8: a value should stand here; text needs double quotes ("…").'],
  ['{ "a": "\\frac{1}{2} \\sigma" }', 'answers.json, line 1, column 9: a backslash must be written twice (\\\\).'],
  ['{ "a": "2\\sigma" }', 'answers.json, line 1, column 10: a backslash must be written twice (\\\\).'],
  [
    '{ "a": "x\n" }',
    'answers.json, line 1, column 10: text must end with " on its own line (write \\n for a new line).',
  ],
  ['{ "a": "x }', 'answers.json, line 1, column 8: this text has no closing ".'],
  ['{ // mine\n "a": 1 }', 'answers.json, line 1, column 3: JSON has no comments: remove this one.'],
  ['{ "a": [1, 2 }', 'answers.json, line 1, column 14: a comma or ] should stand here.'],
  ['{ "a": 1', 'answers.json, line 1, column 9: a closing } is missing.'],
  ['{ "a" 1 }', 'answers.json, line 1, column 7: a colon should stand here.'],
  ['{ "a": 1 } }', 'answers.json, line 1, column 12: the text should end here.'],
  ['', 'answers.json, line 1, column 1: a value is missing: the text ends too early.'],
  ['[1]', 'answers.json must hold one object: { "name": "answer", … }.'],
  ['null', 'answers.json must hold one object: { "name": "answer", … }.'],
  [`{ "a": ${'['.repeat(5000)}`, 'answers.json, line 1, column 23: this is nested too deeply.'],
  [`{ "a": "${'x'.repeat(250_000)}" }`, 'answers.json is 250 kB (at most 200 kB).'],
])('%j is refused with its place', (text, sentence) => {
  expect(refusalOf(text)).toBe(sentence);
});

test('exactly what the engine accepts is accepted', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '1',
    '-',
    '0.5',
    'e3',
    'true',
    'nul',
    '"\\u12',
    '"',
    ' ',
    '\n',
    '\\',
  ];
  let state = 7;
  const next = (n: number) => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % n;
  for (let i = 0; i < 20_000; i++) {
    const text = `{"k":${Array.from({ length: 1 + next(6) }, () => pieces[next(pieces.length)]).join('')}}`;
    const accepted = (parse: (text: string) => unknown) => {
      try {
        parse(text);
        return true;
      } catch (error) {
        expect(error).not.toBeInstanceOf(TypeError);
        return false;
      }
    };
    expect([text, accepted(parseAnswers)]).toEqual([text, accepted(JSON.parse)]);
  }
});

test('a side-car is parsed, and refused under its own name', () => {
  expect(readSidecar({ path: 'plots/q1b.json', text: '{"series":[1,2]}' })).toEqual({ series: [1, 2] });
  expect(() => readSidecar({ path: 'plots/q1b.json', text: '[NaN]' })).toThrow(
    /^plots\/q1b\.json, line 1, column 2: a value should stand here/,
  );
});

test.each([
  ['deep lists', `{ "a": ${'['.repeat(90_000)}${']'.repeat(90_000)} }`, /nested too deeply/],
  ['deep objects', `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`, /nested too deeply/],
  ['a list of five megabytes', `{ "a": [${'1,'.repeat(2_500_000)}1] }`, /at most 200 kB/],
])('%s in answers.json are refused at once', async (_, text, says) => {
  expect(await cpuMsOf(() => expect(() => parseAnswers(text)).toThrow(says))).toBeLessThan(1000);
});
