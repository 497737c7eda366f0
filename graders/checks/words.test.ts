/** What students read is whole: no blank where a value should stand, no number that is none, whatever they got wrong. */
import { beforeAll, describe, expect, test } from 'vitest';
import { formulasOf, planMistakes, problemsOf } from '../audit/known-mistakes.ts';
import { plantedContext } from '../audit/planted-context.ts';
import type { Coursework } from '../coursework.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import type { BatchContext } from '../check-context.ts';
import { batchContext } from '../batch/options.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Assignment } from '../model/assignment.ts';
import { isNight } from '../nightly.testing.ts';
import { inOwnWords } from '../own-words.ts';
import { runChecks } from '../runner.ts';

/** Everything that a verdict says to a student. */
const wordsOf = ({ because, finding, diagnosis, manual }: Verdict): string[] =>
  [
    because,
    ...(finding === undefined
      ? []
      : [finding.says, finding.asked, finding.yours, finding.expected, finding.tolerance, finding.hint]),
    ...(diagnosis === undefined ? [] : [diagnosis.says, ...diagnosis.evidence]),
    ...(manual?.rubric.map(({ title }) => title) ?? []),
  ].filter((text) => text !== undefined);

const faults: [string, RegExp][] = [
  ['an end of a sentence behind a blank', /\s[.;:](?:\s|$)/],
  ['nothing to list', /: ?\.|\b(?:is|are|of|for|by|and|to|with|in|at) [.,;)]/],
  ['empty brackets or quotes', /\( *\)(?! ?[=⇒{])|""|“”/],
  ['two blanks', /\S {2,}\S/],
  ['a value that is none', /(?<!gives |with )\bundefined\b|\[object |\bnull\b/],
  ['a probability of nothing', /\b0(?:\.0)?e[+-]\d|probability 0(?:\.0+)?\b/],
  ['no words', /^\s*$/],
];
const faultIn = (text: string): string | undefined => faults.find(([, pattern]) => pattern.test(text))?.[0];

test('the faults are seen', () => {
  const bad = [
    'Shown is .',
    'with probability 0.0e+0',
    'W2 is undefined',
    'wrong for ; right',
    'names: .',
    'Yours ()',
    '',
  ];
  for (const text of bad) expect(faultIn(text), text).toBeDefined();
  for (const text of ['Shown is x = 3.', 'grads() returns nothing.', 'with probability below 1e-300 (limit 1e-6)'])
    expect(faultIn(text.replace('grads()', 'grads')), text).toBeUndefined();
});

/** What nobody who writes Python should read: names of the sheet's own language, and what only that has. */
const foreign =
  /\b[a-z]+[A-Z][a-z]\w*|\bundefined\b|\bnull\b|\bthrew\b|\bnew [A-Z]|\bFloat(?:32|64)Array\b|\btf\.|\bTensors?\b|\b\w+\.length\b|\bnumber\[\]|\.ts\b|\bMath\.|===|=>/;
/** Keys of answers.json are the sheet's own in every language. */
const foreignIn = (text: string): string | undefined =>
  foreign.exec(text.replace(/"[\w.]+" in answers\.json/g, ''))?.[0];

test('words of another language are seen, and those of Python are not', () => {
  for (const text of [
    'xHist is short.',
    'it is undefined',
    'W.length is 3',
    'tf.matMul',
    'new Net(…)',
    'sigmoid.ts',
    'Math.log',
    'null',
  ])
    expect(foreignIn(text), text).toBeDefined();
  for (const text of [
    'x_hist is short.',
    'dW and dB, wH and bO',
    'ReLU()',
    'axis=0',
    'len(W) is 3',
    'None',
    'tensors of W',
  ])
    expect(foreignIn(text), text).toBeUndefined();
});

const hasTensorFlow = ({ python }: Assignment): boolean => python?.libraries?.includes('tensorflow') === true;

/** What verdicts say to whoever wrote Python, and should not; Problem 4 asks for a tensor library in any language. */
const foreignWords = (verdicts: readonly Verdict[], assignment: Assignment): string[] =>
  assignment.python === undefined
    ? []
    : inOwnWords(verdicts, assignment, { language: 'python' })
        .filter(({ task }) => !task.startsWith('P4'))
        .flatMap((verdict) => [verdict.title, ...wordsOf(verdict)].map((text) => ({ text, id: verdict.id })))
        // Names that TensorFlow has in Python as well, where that is what a sheet is written in.
        .map(({ text, id }) => ({
          id,
          text: hasTensorFlow(assignment)
            ? text.replace(/\btf\.(nn\.|keras\.|data\b|Variable|matmul|subtract|multiply|reduce_sum|tanh)/g, '')
            : text,
        }))
        .flatMap(({ id, text }) => {
          const found = foreignIn(text);
          return found === undefined ? [] : [`${id}: ${found}: ${text}`];
        });

/**
 * What a program with one mistake is told, for every mistake of a problem; of right answers nothing is said. Mistakes that any
 * program may make are told in the sentences of the others. By day every thirty-second is heard: what the others say of their own is
 * read where it is written.
 */
function planned(coursework: Coursework, batch: BatchContext) {
  const all = planMistakes(coursework, 0, isNight ? batch : undefined).filter(({ row }) => row.kind !== 'right');
  const turns = new Map<string, number>();
  return all.filter(({ row }) => {
    const turn = turns.get(row.problem) ?? 0;
    turns.set(row.problem, turn + 1);
    return isNight || turn % 32 === 0;
  });
}

for (const [slug, folder] of await listCourseworks([])) {
  describe(slug, () => {
    let coursework: Coursework;
    let batch: BatchContext;
    beforeAll(async () => {
      coursework = await openCoursework(folder);
      batch = batchContext({ coursework, seed: 11, full: false, clock: () => 0 });
    });

    test('the title and the advice of every known mistake are whole', () => {
      const known = [...problemsOf(coursework.checks), ...formulasOf(coursework.checks)].flatMap((one) =>
        one.mistakes.flatMap(({ id, title, advice = title }) => [title, advice].map((text) => ({ id, text }))),
      );
      expect(known.length).toBeGreaterThan(50);
      expect(known.filter(({ text }) => faultIn(text) !== undefined)).toEqual([]);
    });

    test('the title and the advice of every known mistake are Python’s where Python is handed in', () => {
      const { assignment, checks } = coursework;
      const told = checks.flatMap(({ id, task, title, problems = [], formulas = [] }) => {
        const advice = [...problems, ...formulas].flatMap((one) =>
          one.mistakes.flatMap((mistake) => [mistake.title, mistake.advice ?? '']),
        );
        return [title, ...advice].map(
          (text) => ({ id, task, title: text, outcome: 'pass', points: 0, max: 0, ms: 0 }) as Verdict,
        );
      });
      expect([...new Set(foreignWords(told, assignment))]).toEqual([]);
    });

    test('what a person marks is named as Python has it where Python is handed in', () => {
      const { assignment } = coursework;
      const rubrics = assignment.tasks.flatMap(({ id, manual }) => (manual === undefined ? [] : [{ id, manual }]));
      const told = rubrics.map(({ id, manual: { heading, rubric } }): Verdict => {
        const manual = { text: '', rubric, hits: [] };
        return { id, task: id, title: heading, outcome: 'manual', points: 0, max: 0, ms: 0, manual };
      });
      expect(foreignWords(told, assignment)).toEqual([]);
    });

    test('known mistakes, and constants in place of formulas, are told in whole sentences', async () => {
      const formulas = formulasOf(coursework.checks);
      const constants = formulas.flatMap((formula) =>
        ['7', '-1/3'].map((text) => ({
          key: `${formula.key} = ${text}`,
          checks: coursework.checks.filter((check) => check.formulas?.includes(formula)),
          planted: { kind: 'formula', formula, text } as const,
        })),
      );
      const bad: string[] = [];
      const elsewhere = new Set<string>();
      for (const { key, checks, planted } of [...planned(coursework, batch), ...constants]) {
        const standalone = checks.map((check) => ({ ...check, needs: [] }));
        const verdicts = await runChecks(standalone, plantedContext(batch, formulas, planted), batch.clock);
        for (const text of foreignWords(verdicts, coursework.assignment)) elsewhere.add(text);
        for (const verdict of verdicts.filter(({ outcome }) => outcome === 'fail')) {
          for (const text of wordsOf(verdict)) {
            const fault = faultIn(text);
            if (fault !== undefined) bad.push(`${key}: ${fault}: ${text}`);
          }
        }
      }
      expect([...new Set(bad)].slice(0, 20)).toEqual([]);
      // Who writes Python is told the same in Python's words.
      expect([...elsewhere].slice(0, 20)).toEqual([]);
    });
  });
}
