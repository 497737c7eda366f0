/** What students read is whole: no blank where a value should stand, no number that is none, whatever they got wrong. */
import { beforeAll, describe, expect, test } from 'vitest';
import { formulasOf, planMistakes, problemsOf } from '../audit/known-mistakes.ts';
import { plantedContext } from '../audit/planted-context.ts';
import type { Coursework } from '../coursework.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import type { BatchContext } from '../check-context.ts';
import { batchContext } from '../batch/options.ts';
import type { Verdict } from '../model/verdict.ts';
import { isNight } from '../nightly.testing.ts';
import { runChecks } from '../runner.ts';

/** Everything that a verdict says to a student. */
const wordsOf = ({ because, finding, diagnosis }: Verdict): string[] =>
  [
    because,
    ...(finding === undefined
      ? []
      : [finding.says, finding.asked, finding.yours, finding.expected, finding.tolerance, finding.hint]),
    ...(diagnosis === undefined ? [] : [diagnosis.says, ...diagnosis.evidence]),
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

/**
 * What a program with one mistake is told, for every mistake of a problem; of right answers nothing is said. Mistakes that any
 * program may make are told in the sentences of the others. By day every sixteenth is heard: what the others say of their own is
 * read where it is written.
 */
function planned(coursework: Coursework, batch: BatchContext) {
  const all = planMistakes(coursework, 0, isNight ? batch : undefined).filter(({ row }) => row.kind !== 'right');
  const turns = new Map<string, number>();
  return all.filter(({ row }) => {
    const turn = turns.get(row.problem) ?? 0;
    turns.set(row.problem, turn + 1);
    return isNight || turn % 16 === 0;
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
      for (const { key, checks, planted } of [...planned(coursework, batch), ...constants]) {
        const standalone = checks.map((check) => ({ ...check, needs: [] }));
        const verdicts = await runChecks(standalone, plantedContext(batch, formulas, planted), batch.clock);
        for (const verdict of verdicts.filter(({ outcome }) => outcome === 'fail')) {
          for (const text of wordsOf(verdict)) {
            const fault = faultIn(text);
            if (fault !== undefined) bad.push(`${key}: ${fault}: ${text}`);
          }
        }
      }
      expect([...new Set(bad)].slice(0, 20)).toEqual([]);
    });
  });
}
