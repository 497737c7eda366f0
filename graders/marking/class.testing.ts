/** A graded class with answers that people mark, as events in a gradebook of its own. */
import type { Circumstances, Event } from '../gradebook/event.ts';
import type { Gradebook } from '../gradebook/store.ts';
import type { Assignment, Task } from '../model/assignment.ts';
import type { Verdict } from '../model/verdict.ts';

const signed = { who: 'gradmark', at: '2026-11-02T09:00:00.000Z' };

const rubric = [
  { id: 'rule', title: 'Applies the chain rule to both factors', marks: 2, concepts: ['chain rule'] },
  { id: 'cancels', title: 'Shows that the logarithm cancels the exponential', marks: 2, concepts: ['logarithm'] },
  { id: 'shape', title: 'Says which shape the result has', marks: 1 },
];

const task = (id: string, title: string, marks: number, manual?: Task['manual']): Task =>
  ({ id, title, marks, kinds: [], ...(manual !== undefined && { manual }) }) as unknown as Task;

/** A coursework of two questions: one with a part that people mark, one that they mark whole. */
export const assignment = {
  schema: 'gradmark/assignment/v1',
  ...{ slug: 'tiny-nets', title: 'Tiny nets', summary: '', imports: [] },
  limits: { callMs: 1000, submissionMs: 10_000, memoryMb: 256 },
  tasks: [
    task('Q1', 'The gradient of softmax with cross-entropy', 8, { heading: 'Q1', rubric }),
    task('Q2', 'Why not a step function?', 3, {
      heading: 'Q2',
      rubric: [{ id: 'zero', title: 'Its derivative is zero almost everywhere', marks: 3 }],
    }),
  ],
} as unknown as Assignment;

const verdict = (id: string, of: string, more: Partial<Verdict>): Verdict => ({
  ...{ id, task: of, title: id, outcome: 'pass', points: 3, max: 3, ms: 1 },
  ...more,
});

/** Answers of which those with the same word are alike. */
const answers = [
  'By the chain rule the derivative of the loss with respect to the logits is the prediction minus the target, since the logarithm cancels the exponential of the softmax.',
  'The logarithm in the cross-entropy cancels the exponential of softmax; with the chain rule the gradient becomes prediction minus target.',
  'I tried some numbers with finite differences and it looked like y hat minus y.',
  '',
];

/** Appends a class of these students, each with an answer to both questions. */
export function gradeClass(book: Gradebook, students: readonly string[]): void {
  const under: Circumstances = {
    ...{ graderVersion: '1.0.0', round: { name: '1', fingerprint: 'abcd-0123' }, backend: 'cpu', level: 'A' },
    ...{ full: false, data: false },
  };
  const events: Event[] = [
    { ...signed, kind: 'configured', assignment, feedback: 'full', defaults: { backend: 'cpu', full: false } },
    { ...signed, kind: 'begun', students, under },
  ];
  const covers = { Q1: ['q1.gradient', 'Q1.words'], Q2: ['Q2.words'] };
  students.forEach((student, i) => {
    const text = answers[i % answers.length]!;
    const manual = (of: string, max: number): Verdict =>
      verdict(`${of}.words`, of, {
        ...{ outcome: 'manual', points: 0, max },
        manual: { text, rubric, hits: text.includes('chain rule') ? ['chain rule'] : [] },
      });
    const wrong = i % 3 === 2;
    const finding = { says: 'The gradient has the wrong sign.' };
    const verdicts = [
      verdict('q1.gradient', 'Q1', wrong ? { outcome: 'fail', points: 0, finding } : {}),
      ...[manual('Q1', 5), manual('Q2', 3)],
    ];
    events.push(
      {
        ...{ ...signed, kind: 'handed-in', student, sha256: `hash of ${student}`, files: { 'answers.md': text } },
        origin: { platform: 'folder', handedInAs: student, name: `Name of ${student}` },
      },
      { ...signed, kind: 'judged', student, sha256: `hash of ${student}`, under, verdicts, covers, notes: [] },
    );
  });
  book.append(events);
}

/** Somebody of the class hands in other files, with the same text to mark or another; what checks find is as it was. */
export function handInAnew(book: Gradebook, student: string, text?: string): void {
  const own = book.events({ student });
  const handedIn = own.find((event) => event.kind === 'handed-in')!;
  const judged = own.find((event) => event.kind === 'judged')!;
  const verdicts = judged.verdicts.map((verdict) =>
    text === undefined || verdict.manual === undefined ? verdict : { ...verdict, manual: { ...verdict.manual, text } },
  );
  book.append([
    { ...handedIn, sha256: 'other work' },
    { ...judged, sha256: 'other work', verdicts },
  ]);
}
