import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assignment, Task } from '../model/assignment.ts';
import { assignmentFolder, findAssignments } from './find-assignments.ts';
import { loadAssignment } from './load-assignment.ts';
import { readGiven } from './read-given.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'assignment-'));
});
afterAll(() => rm(root, { recursive: true }));

const sound: Assignment = {
  schema: 'gradmark/assignment/v1',
  slug: 'tiny-nets',
  title: 'Tiny nets',
  summary: 'Two questions.',
  imports: ['@tensorflow/tfjs'],
  given: ['rng.ts'],
  limits: { callMs: 3000, submissionMs: 30_000, memoryMb: 700 },
  tasks: [
    {
      id: 'Q1',
      title: 'Forward',
      marks: 4,
      kinds: ['code'],
      unit: 'q1',
      exports: ['forward'],
      policy: 'no-autodiff',
    },
    {
      id: 'Q2',
      title: 'Why',
      marks: 2,
      kinds: ['essay'],
      needs: ['Q1'],
      manual: { heading: 'Q2 why', rubric: [{ id: 'a', title: 'Says why', marks: 2 }] },
    },
  ],
};

async function write(content: unknown, slug = 'tiny-nets', folder = root): Promise<string> {
  const path = join(folder, slug);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'assignment.json'), typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function mistakesIn(content: unknown): Promise<string[]> {
  const folder = await write(content);
  const error = await loadAssignment(folder).then(
    () => new Error('no mistake was found'),
    (thrown: Error) => thrown,
  );
  return error.message.split('\n').map((line) => line.replace(`${join(folder, 'assignment.json')}: `, ''));
}

const withTask = (change: Partial<Task>, index = 0): Assignment => ({
  ...sound,
  tasks: sound.tasks.map((task, i) => (i === index ? { ...task, ...change } : task)),
});

test('a sound assignment comes back as it was written', async () => {
  expect(await loadAssignment(await write(sound))).toEqual(sound);
});

test('every mistake of shape is told at once, with file, field, rule and value', async () => {
  const folder = await write({
    ...sound,
    limits: { callMs: '20s', submissionMs: 0, memoryMb: 700 },
    tasks: [{ id: 'Q1', title: '', marks: -1, kinds: ['coding'], unt: 'q1' }],
  });
  const path = join(folder, 'assignment.json');
  await expect(loadAssignment(folder)).rejects.toThrow(
    new RegExp(`^${path}: limits.callMs must be a positive integer, got "20s"\n`),
  );
  expect(
    await mistakesIn({ ...sound, tasks: [{ id: 'Q1', title: '', marks: -1, kinds: ['coding'], unt: 'q1' }] }),
  ).toEqual([
    'tasks[0].unt is not a known field; did you mean unit?',
    'tasks[0].title must be text that is not empty, got ""',
    'tasks[0].marks must be a number of at least 0, got -1',
    'tasks[0].kinds[0] must be one of "code", "data-pipeline", "statistics", "training-run", "derivation", "hand-weights", "tuning", "plot", "essay", "run", "read", got "coding"',
  ]);
});

test.each<[string, unknown, string]>([
  ['a field is absent', { ...sound, limits: undefined }, 'limits is missing'],
  ['a limit is absent', { ...sound, limits: { callMs: 1, submissionMs: 1 } }, 'limits.memoryMb is missing'],
  ['there are no tasks', { ...sound, tasks: [] }, 'tasks must be a list that is not empty, got []'],
  ['the schema is another', { ...sound, schema: 'v2' }, 'schema must be "gradmark/assignment/v1", got "v2"'],
  ['the file is a list', [1], 'the file must be an object, got [1]'],
  [
    'a unit has a folder',
    withTask({ unit: '../key' }),
    'tasks[0].unit must be a name without folder and ending, like q3c, got "../key"',
  ],
  [
    'a unit is the name of a file',
    withTask({ unit: 'q1.ts' }),
    'tasks[0].unit must be a name without folder and ending, like q3c, got "q1.ts"',
  ],
  [
    'a task still names its module',
    withTask({ unit: undefined, module: 'q1.ts' } as Partial<Task>),
    'tasks[0].module is called unit now, and named without ending: write "unit": "q1"',
  ],
  [
    'a given file lies in a folder',
    { ...sound, given: ['../rng.ts'] },
    'given[0] must be the name of a .ts file without a folder, got "../rng.ts"',
  ],
  ['an import is a path', { ...sound, imports: ['./x'] }, 'imports[0] must be the name of a package, got "./x"'],
  [
    'a side-car lies elsewhere',
    withTask({ plots: ['/etc/passwd'] }),
    'tasks[0].plots[0] must be a file like plots/q1b.json, got "/etc/passwd"',
  ],
  ['an import is listed twice', { ...sound, imports: ['a', 'a'] }, 'imports lists "a" twice'],
  [
    'the slug is not its folder',
    { ...sound, slug: 'other' },
    'slug must be the name of its folder, "tiny-nets", got "other"',
  ],
  [
    'two tasks share an id',
    withTask({ id: 'q1', needs: [] }, 1),
    'tasks[1].id must be unique, got "q1" again (it is tasks[0] already)',
  ],
  [
    'a need names no task',
    withTask({ needs: ['Q11'] }, 1),
    'tasks[1].needs[0] must be the id of a task, got "Q11"; did you mean "Q1"?',
  ],
  [
    'a need comes later',
    withTask({ needs: ['Q2'] }),
    'tasks[0].needs[0] must be an earlier task, got "Q2", which comes after "Q1"',
  ],
  ['a task needs itself', withTask({ needs: ['Q1'] }), 'tasks[0].needs[0] must be another task, got "Q1" itself'],
  [
    'a rubric is worth more than its task',
    withTask({ marks: 1 }, 1),
    'tasks[1].manual.rubric must not exceed the 1 marks of the task, got 2',
  ],
  [
    'a unit exports nothing',
    withTask({ exports: undefined }),
    'tasks[0].exports must list what q1 exports, got nothing',
  ],
  [
    'exports have no unit',
    withTask({ unit: undefined, policy: undefined }),
    'tasks[0].unit must name what is handed in with the exports forward, got nothing',
  ],
  [
    'a unit is given',
    withTask({ unit: 'rng' }),
    'tasks[0].unit must be the student\'s own, got "rng", and given lists rng.ts',
  ],
  [
    'an essay has no rubric',
    withTask({ manual: undefined, marks: 0 }, 1),
    'tasks[1].manual must give the heading and rubric of an essay, got nothing',
  ],
  [
    'one call in full size may outlast the submission',
    { ...sound, fullLimits: { callMs: 40_000 } },
    'fullLimits.callMs must not exceed submissionMs, got 40000 ms for one call and 30000 ms for the whole submission',
  ],
  [
    'one call may outlast the submission',
    { ...sound, limits: { ...sound.limits, callMs: 40_000 } },
    'limits.callMs must not exceed submissionMs, got 40000 ms for one call and 30000 ms for the whole submission',
  ],
])('when %s, one sentence says so', async (_, content, sentence) => {
  expect(await mistakesIn(content)).toEqual([sentence]);
});

test('text that is not JSON is said to be none, with the place', async () => {
  await expect(loadAssignment(await write('{\n  "slug": \n}'))).rejects.toThrow(
    /assignment\.json, line 3, column 1: is not JSON: a value should stand here/,
  );
});

test('a folder without an assignment is said to be none', async () => {
  await expect(loadAssignment(join(root, 'nowhere'))).rejects.toThrow(
    /nowhere\/assignment.json: cannot be read \(ENOENT\)/,
  );
});

test('assignments are found by slug, and the first folder that has one wins', async () => {
  const [own, shipped] = [join(root, 'own'), join(root, 'shipped')];
  await write(sound, 'tiny-nets', own);
  await write(sound, 'tiny-nets', shipped);
  await write(sound, 'big-nets', shipped);
  await mkdir(join(shipped, 'not-one'));
  const found = await findAssignments([own, join(root, 'absent'), shipped]);
  expect([...found]).toEqual([
    ['tiny-nets', join(own, 'tiny-nets')],
    ['big-nets', join(shipped, 'big-nets')],
  ]);
  expect(assignmentFolder(found, 'big-nets')).toBe(join(shipped, 'big-nets'));
});

test.each([
  ['tiny-net', 'There is no assignment "tiny-net"; did you mean "tiny-nets"?'],
  ['big', 'There is no assignment "big"; did you mean "big-nets"?'],
  ['transformers', 'There is no assignment "transformers"; known are: big-nets, tiny-nets.'],
])('the unknown slug %s is answered with what is meant', (slug, sentence) => {
  const found = new Map([
    ['tiny-nets', 'a'],
    ['big-nets', 'b'],
  ]);
  expect(() => assignmentFolder(found, slug)).toThrow(sentence);
});

test('given modules come from given/, starter/ or the given/ of several sheets, and an absent one is a mistake of the assignment', async () => {
  const folder = await write(sound);
  await expect(readGiven(folder, sound)).rejects.toThrow(
    'given lists "rng.ts", but neither given/ nor starter/ holds it, nor given/ beside the assignment',
  );
  const shared = join(folder, '..', 'given');
  await mkdir(shared);
  await writeFile(join(shared, 'rng.ts'), 'export const a = 2;');
  expect(await readGiven(folder, sound)).toEqual([{ path: 'rng.ts', text: 'export const a = 2;' }]);
  await mkdir(join(folder, 'starter'), { recursive: true });
  await writeFile(join(folder, 'starter', 'rng.ts'), 'export const a = 1;');
  expect(await readGiven(folder, sound)).toEqual([{ path: 'rng.ts', text: 'export const a = 1;' }]);
});
