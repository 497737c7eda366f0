import { expect, test } from 'vitest';
import type { Grade } from '../model/grade.ts';
import type { Submission } from '../model/submission.ts';
import { gradersHere } from './graders.ts';

const submission = (id: string, text: string): Submission => ({
  ...{ id, sha256: text, notes: [] },
  files: [{ path: 'q1.ts', text }],
});
const grade = ({ id, sha256 }: Submission): Grade => ({
  ...{ id, sha256, score: 1, max: 1, manualMax: 0, tasks: [], notes: [], held: false },
});

test('equal work is graded once, and again for who asks later; each gets it under their own name', async () => {
  const graded: string[] = [];
  const graders = gradersHere(
    2,
    () => 0,
    async (one) => {
      graded.push(one.id);
      await new Promise((soon) => setImmediate(soon));
      return grade(one);
    },
  );
  const three = ['ann', 'bo', 'cy'].map((id) =>
    graders.grade(submission(id, id === 'cy' ? 'other' : 'same'), new Map()),
  );
  expect((await Promise.all(three)).map((one) => one.grade?.id)).toEqual(['ann', 'bo', 'cy']);
  expect(graded).toEqual(['ann', 'cy']);
  expect((await graders.grade(submission('di', 'same'), new Map())).grade?.id).toBe('di');
  expect(graded).toEqual(['ann', 'cy', 'di']);
  await graders.close();
});

test('work that is asked for again in the moment in which it is begun is there for both', async () => {
  let again: Promise<{ grade?: Grade }> | undefined;
  const graders = gradersHere(
    2,
    () => 0,
    async (one) => {
      // The other one is claimed by now, and not begun; it is over before this one gets into the queue.
      if (one.id === 'first') again = graders.grade(submission('late', 'same'), new Map());
      return grade(one);
    },
  );
  const both = [
    graders.grade(submission('first', 'other'), new Map()),
    graders.grade(submission('soon', 'same'), new Map()),
  ];
  expect((await Promise.all(both)).map((one) => one.grade?.id)).toEqual(['first', 'soon']);
  expect((await again)?.grade?.id).toBe('late');
  await graders.close();
});

test('what equal work came to once more, when nobody waited for it, is there for who asks next', async () => {
  const ends: (() => void)[] = [];
  const work = (one: Submission) => new Promise<Grade>((done) => ends.push(() => done(grade(one))));
  const graders = gradersHere(2, () => 0, work);
  const begun = async (count: number) => {
    while (ends.length < count) await new Promise((soon) => setImmediate(soon));
  };
  const first = graders.grade(submission('first', 'same'), new Map());
  await begun(1);
  // It is told with the first, before it is in the queue; there it is found and graded anew.
  const second = graders.grade(submission('second', 'same'), new Map());
  ends[0]!();
  await first;
  await begun(2);
  ends[1]!();
  expect((await second).grade?.id).toBe('second');
  expect((await graders.grade(submission('third', 'same'), new Map())).grade?.id).toBe('third');
  expect(ends).toHaveLength(2);
  await graders.close();
});
