import { expect, test } from 'vitest';
import type { Assignment } from '../model/assignment.ts';
import type { Verdict } from '../model/verdict.ts';
import type { LateRule } from '../course/late-rule.ts';
import { resultsOf } from './class-results.ts';
import type { Circumstances, Event, Judged, Said } from './event.ts';
import { stateOf } from './fold.ts';

const assignment: Assignment = {
  schema: 'gradmark/assignment/v1',
  slug: 'tiny',
  title: 'Tiny',
  summary: '',
  imports: [],
  limits: { callMs: 1, submissionMs: 1, memoryMb: 1 },
  tasks: [
    { id: 'Q1', title: 'Code', marks: 2, kinds: ['code'] },
    { id: 'Q2', title: 'Essay', marks: 4, kinds: ['essay'] },
  ],
};
const under: Circumstances = { graderVersion: '1', seed: 7, backend: 'cpu', level: 'A', full: false, data: false };
const configured: Extract<Said, { kind: 'configured' }> = {
  kind: 'configured',
  assignment,
  feedback: 'full',
  defaults: { backend: 'cpu', full: false },
};
const begun = (...students: string[]): Said => ({ kind: 'begun', students, under });
const handedIn = (student: string, sha256: string, files: Record<string, string> = { 'q1.ts': sha256 }): Said => ({
  ...{ kind: 'handed-in', student, sha256, files },
});
const code = (points: number, outcome: Verdict['outcome'] = points === 2 ? 'pass' : 'fail'): Verdict => ({
  ...{ id: 'q1', title: 'q1', task: 'Q1', outcome, points, max: 2, ms: 0 },
});
const essay = (text: string): Verdict => ({
  ...{ id: 'q2', title: 'q2', task: 'Q2', outcome: 'manual', points: 0, max: 4, ms: 0 },
  manual: { text, rubric: [], hits: [] },
});
const judged = (student: string, sha256: string, verdicts: Verdict[], more: Partial<Judged> = {}): Said => ({
  ...{
    kind: 'judged',
    student,
    sha256,
    under,
    verdicts,
    notes: [],
    covers: Object.fromEntries(verdicts.map(({ id, task }) => [task, [id]])),
  },
  ...more,
});
const marked = (student: string, points: number | null, items: string[] = []): Said => ({
  ...{ kind: 'marked', student, task: 'Q2', items, beside: items.length > 0 ? 0 : (points ?? 0), points },
});
const adjusted = (student: string, points: number | null): Said => ({ kind: 'adjusted', student, task: 'Q1', points });

const state = (...said: Said[]) =>
  stateOf(
    [configured, ...said].map((one, i) => {
      const signed = { seq: i + 1, who: 'kim', at: `2026-11-02T10:00:${String(i).padStart(2, '0')}Z`, why: 'a reason' };
      return { ...signed, ...one } as Event & { seq: number };
    }),
  );
const results = (said: Said[]) => resultsOf(state(...said));
const scores = (said: Said[]) => results(said).submissions.map(({ id, score, manualMax }) => [id, score, manualMax]);
const ann = [begun('ann'), handedIn('ann', 'a'), judged('ann', 'a', [code(1), essay('So.')])];

test('marks by people are added to the verdicts, once; the newest holds, and one that is taken back is gone', () => {
  expect(scores(ann)).toEqual([['ann', 1, 4]]);
  expect(scores([...ann, marked('ann', 3)])).toEqual([['ann', 4, 0]]);
  expect(scores([...ann, marked('ann', 3), marked('ann', 2.5)])).toEqual([['ann', 3.5, 0]]);
  expect(scores([...ann, marked('ann', 3), marked('ann', null)])).toEqual([['ann', 1, 4]]);
});

test('what could not be read is no attempt that could count, once there is work', () => {
  const unread = [
    begun('ann'),
    handedIn('ann', '', {}),
    judged('ann', '', [code(0, 'refused')], { refused: 'Unread.' }),
  ];
  const work = [handedIn('ann', 'a'), judged('ann', 'a', [code(2)])];
  const late = (counts: LateRule['counts']): Said => {
    return { ...configured, late: { grace: '0 minutes', counts, extensions: [] } };
  };
  for (const rule of [configured, late('first'), late('best')]) {
    const [grade] = results([rule, ...unread, ...work]).submissions;
    expect([grade!.sha256, grade!.score, grade!.others]).toEqual(['a', 2, undefined]);
  }
  expect(results(unread).submissions).toMatchObject([{ refused: 'Unread.', score: 0 }]);
});

test('an adjustment sets the marks of its task whatever was found, releases what broke there, and can be taken back', () => {
  const broken = [...ann, judged('ann', 'a', [code(0, 'broken')])];
  expect(results(broken).submissions[0]).toMatchObject({ held: true, score: 0 });
  expect(results([...broken, adjusted('ann', 2)]).submissions[0]).toMatchObject({
    ...{ held: false, score: 2 },
    tasks: [{ id: 'Q1', status: 'pass', adjusted: { points: 2, why: 'a reason', by: 'kim' } }, {}],
  });
  expect(scores([...broken, adjusted('ann', 2), adjusted('ann', null)])).toEqual([['ann', 0, 4]]);
});

test('a person holds a grade and releases it', () => {
  const held: Said = { kind: 'held', student: 'ann' };
  expect(results([...ann, held]).submissions[0]).toMatchObject({ held: true, heldBecause: 'a reason' });
  expect(results([...ann, held, { kind: 'released', student: 'ann' }]).submissions[0]!.held).toBe(false);
});

test('a run over one task leaves the verdicts of the others', () => {
  expect(scores([...ann, begun('ann'), judged('ann', 'a', [code(2)])])).toEqual([['ann', 2, 4]]);
});

test('a check that the coursework has no more counts no more, once its task is graded again', () => {
  const old = { ...code(1), id: 'q1-old' };
  const both = judged('ann', 'a', [old, code(1)], { covers: { Q1: ['q1-old', 'q1'] } });
  expect(scores([begun('ann'), both])).toEqual([['ann', 2, 0]]);
  expect(scores([begun('ann'), both, judged('ann', 'a', [], { covers: { Q1: ['q1'] } })])).toEqual([['ann', 1, 0]]);
});

test('a new attempt counts; what was not graded of it stays as it was before, and says so', () => {
  const next = [...ann, handedIn('ann', 'b'), judged('ann', 'b', [code(2)])];
  const [grade] = results(next).submissions;
  expect(grade).toMatchObject({ score: 2, manualMax: 4, sha256: 'b', attempts: 2 });
  expect(grade!.notes).toEqual(['Graded on what was handed in before: Q2.']);
  expect(scores([...next, handedIn('ann', 'a')])).toEqual([['ann', 1, 4]]);
});

test('a mark stays with the work that was marked: for the same text in newer work it holds, for another one it is asked anew', () => {
  const newer = (text: string) => [
    ...[...ann, marked('ann', 3), handedIn('ann', 'b')],
    judged('ann', 'b', [code(2), essay(text)]),
  ];
  expect(scores(newer('So.'))).toEqual([['ann', 5, 0]]);
  expect(scores(newer('Otherwise.'))).toEqual([['ann', 2, 4]]);
  // The same work, read by another version of the grader.
  expect(scores([...ann, marked('ann', 3), judged('ann', 'a', [code(2), essay('So')])])).toEqual([['ann', 5, 0]]);
});

test('a changed rubric counts everybody’s items anew, between floor and cap', () => {
  const items = [
    { id: 'rule', title: '', marks: 2 },
    { id: 'why', title: '', marks: 4 },
  ];
  const rubric = (more: object): Said => ({
    ...{ kind: 'rubric-changed', task: 'Q2', rubric: { items, from: 0, floor: 0, cap: 4, ...more } },
  });
  const given = [...ann, marked('ann', 1, ['rule'])];
  expect(scores([...given, rubric({})])).toEqual([['ann', 3, 0]]);
  expect(scores([...ann, marked('ann', 1, ['rule', 'why']), rubric({})])).toEqual([['ann', 5, 0]]);
  expect(scores([...given, rubric({ from: -9 })])).toEqual([['ann', 1, 0]]);
});

test('proposed verdicts count from the moment at which they are approved', () => {
  const proposed = [...ann, judged('ann', 'a', [code(2)], { proposed: true })];
  expect(scores(proposed)).toEqual([['ann', 1, 4]]);
  expect(scores([...proposed, { kind: 'approved', events: [5] }])).toEqual([['ann', 2, 4]]);
});

test('a course file says which attempt counts and what the day takes; who was given longer since pays nothing', () => {
  const handed = (sha256: string, at: string): Said => ({
    ...{ kind: 'handed-in', student: 'ann', sha256, files: {} },
    origin: { platform: 'folder', handedInAs: 'ann', at },
  });
  const of = (counts: LateRule['counts'], ...more: Said[]) => {
    const due = Date.parse('2026-11-01T12:00:00Z') / 1000;
    const late = { due, grace: '0 minutes', counts, extensions: [], penalty: { marks: 0.25, per: 'day' } };
    const first = [handed('a', '2026-11-01T10:00:00Z'), judged('ann', 'a', [code(1)])];
    const second = [handed('b', '2026-11-02T10:00:00Z'), judged('ann', 'b', [code(2)])];
    const { sha256, score, lateness } = results([{ ...configured, late }, begun('ann'), ...first, ...second, ...more])
      .submissions[0]!;
    return [sha256, score, lateness?.penalty];
  };
  expect(of('best')).toEqual(['b', 1.75, 0.25]);
  expect(of('first')).toEqual(['a', 1, undefined]);
  const longer: Said = { kind: 'extended', student: 'ann', until: '2026-11-03T12:00:00Z' };
  expect(of('latest', longer)).toEqual(['b', 2, undefined]);
});

test('a batch that was cut off says of how many, until all are graded', () => {
  const cut = [begun('ann', 'ben', 'cem'), judged('ann', 'a', [code(1)]), judged('ben', 'b', [code(1)])];
  expect(results(cut)).toMatchObject({ of: 3, submissions: [{ id: 'ann' }, { id: 'ben' }] });
  expect(results([...cut, begun('cem'), judged('cem', 'c', [code(1)])]).of).toBeUndefined();
});

test('a grade says with what it was made where that is not what the newest batch was made with', () => {
  const late: Circumstances = { ...under, seed: 8 };
  const found = results([
    ...ann,
    { ...begun('zoe'), under: late } as Said,
    judged('zoe', 'z', [code(1)], { under: late }),
  ]);
  expect(found.seed).toBe(8);
  expect(found.submissions.map((grade) => grade.under?.seed)).toEqual([7, undefined]);
});

test('who handed in the same files, under whatever names, is listed', () => {
  const same = [
    ...ann,
    ...['ben', 'cem'].flatMap((id, i) => [
      handedIn(id, id, { [`q${i}.ts`]: 'same', 'x.md': 'too' }),
      judged(id, id, [code(1)]),
    ]),
    ...['dan', 'eve'].flatMap((id) => [handedIn(id, '', {}), judged(id, '', [code(0, 'refused')])]),
  ];
  expect(results(same).identical).toEqual([['ben', 'cem']]);
  expect(results(ann).identical).toBeUndefined();
});

test('requests are answered, extensions and comments are kept, who is forgotten is a figure', () => {
  const { students, forgotten } = state(
    ...ann,
    { kind: 'requested', student: 'ann', task: 'Q1', text: 'Why?' },
    { kind: 'answered', student: 'ann', request: 5, text: 'Because.', upheld: false },
    { kind: 'commented', student: 'ann', text: 'Good.', reader: 'student' },
    { kind: 'extended', student: 'ann', until: '2026-12-01' },
    { kind: 'forgotten', student: 'forgotten-1', score: 1, max: 6, tasks: [] },
  );
  expect(students.get('ann')).toMatchObject({
    requests: [{ number: 5, task: 'Q1', text: 'Why?', answer: { text: 'Because.', upheld: false, by: 'kim' } }],
    comments: [{ text: 'Good.', reader: 'student' }],
    extension: { until: '2026-12-01', why: 'a reason' },
  });
  expect(forgotten).toMatchObject([{ score: 1, max: 6 }]);
});

test('a folder without a batch is told what to do', () => {
  expect(() => results([])).toThrow('Nothing was graded into this folder yet');
});
