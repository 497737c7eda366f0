/** A coursework written to a folder, whose checks do what an answer says: some never end, some fill the memory. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const assignment = {
  ...{ schema: 'gradmark/assignment/v1', slug: 'steps', title: 'Steps', summary: 'Steps of judging.', imports: [] },
  limits: { callMs: 2000, submissionMs: 20_000, memoryMb: 500 },
  tasks: [{ id: 'T1', title: 'Words', marks: 4, kinds: ['derivation'], answers: ['does'] }],
};
const checks = `
  import { existsSync } from 'node:fs';
  import { isMainThread } from 'node:worker_threads';  const step = {
    ends: () => undefined,
    'never ends': () => { for (;;); },
    'fills the memory': () => { for (const all = [];;) all.push(Array.from({ length: 1000 }, (_, i) => ({ i }))); },
    'ends when told': () => { setInterval(() => { if (existsSync(new URL('end', import.meta.url))) throw new Error('told'); }, 20); },
    throws: () => { setTimeout(() => { throw new Error('nobody catches this'); }); return new Promise(() => undefined); },
  };
  const check = (id, does) => ({ id, task: 'T1', title: id, asks: '', points: 1, run: does });
  const pass = async () => ({ earned: 1 });
  export const checks = [
    check('t1.before', pass),
    check('t1.step', async (context) => { await step[context.answers().does](); return { earned: 1 }; }),
    check('t1.after', pass),
    check('t1.thread', async () => (isMainThread ? { earned: 0, finding: { says: 'This is the main thread.' } } : pass())),
  ];`;

/** Writes the coursework \`steps\` into a folder for courseworks, and gives the folder of its own. */
export function writeSteps(courses: string): string {
  const folder = join(courses, 'steps');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'assignment.json'), JSON.stringify(assignment));
  writeFileSync(join(folder, 'checks.js'), checks);
  return folder;
}

/** What a submission answers whose judging does this. */
export const answersThat = (does: string): string => JSON.stringify({ does });
