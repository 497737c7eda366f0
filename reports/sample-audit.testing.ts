/** An audit with something of everything: what passes, what should not, and what a person has to read. */
import type { AuditReport } from '../graders/audit/audit.ts';
import { figuresOf } from '../graders/audit/figures.ts';

const planted: AuditReport['planted'] = [
  {
    problem: 'q3c.grads',
    mistake: 'sum',
    title: 'sum instead of mean <b>',
    kind: 'single',
    sameAs: ['sum'],
    judged: ['q3c.w2'],
    failed: ['q3c.w2'],
    broken: [],
    margin: -3.2,
    clearest: 'q3c.w2',
    timesReject: 400,
    diagnosis: { mistakes: ['sum'], certainty: 'certain', says: 'It is the sum.', evidence: [] },
  },
  {
    problem: 'q3c.grads',
    mistake: 'W2',
    title: 'W2 0.1 % off',
    kind: 'nudge',
    sameAs: ['W2'],
    judged: ['q3c.w2'],
    failed: [],
    broken: [],
  },
  {
    problem: 'q3c.grads',
    mistake: 'zeros',
    title: 'zeros in place of every number',
    kind: 'general',
    general: 'zeros',
    sameAs: [],
    judged: ['q3c.w2', 'q3c.b2'],
    failed: ['q3c.w2'],
    broken: [],
  },
];
const correct: AuditReport['correct'] = [
  { program: 'reference', backend: 'wasm', seed: 1, costly: false, failed: [], broken: [], margins: { 'q3c.w2': 1.2 } },
  {
    program: 'correct-loops',
    backend: 'cpu',
    seed: 2,
    costly: false,
    failed: ['q3c.b2: is wrong'],
    broken: [],
    margins: {},
  },
];
const diff = `q3c.ts:7 (number plus one)\n- return sum / ${'n'.repeat(90)};\n+ return sum / (n + 1);`;
const mutants: AuditReport['mutants'] = (['survived', 'free', 'equivalent'] as const).map((fate) => ({
  program: 'reference',
  mutant: `q3c.ts@1-2:${fate}`,
  operator: 'number plus one',
  fate,
  diff,
  ms: 1,
}));
const endings: AuditReport['endings'] = [
  { fixture: 'sum-instead-of-mean', faults: [] },
  { fixture: 'off-by-<one>', faults: ['q3c.w2 should pass, and fails', 'score 3 instead of 4'] },
];
const reproducibility: AuditReport['reproducibility'] = [
  { program: 'reference', run: 1, company: 'beside itself', same: true },
];

export const sampleAudit: AuditReport = {
  schema: 'gradmark/audit/v1',
  assignment: 'boston-init-mnist-grads',
  title: 'MLPs, initialisation and backpropagation by hand',
  graderVersion: '0.1.0',
  level: 'A',
  seed: 1,
  backends: ['wasm', 'cpu'],
  programs: ['reference', 'correct-loops'],
  planting: { part: 2, of: 3 },
  figures: figuresOf({ planted, endings, correct, mutants, reproducibility }),
  planted,
  endings,
  correct,
  mutants,
  reproducibility,
};
