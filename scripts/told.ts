/**
 * What every fixture is told, to the last word: `record` writes it down, `compare` says which verdicts, marks or sentences have
 * changed since. For changes of the code that must change nothing that a student reads.
 *
 *     node scripts/told.ts record <folder> [slug] [part of a fixture's name …]
 *     node scripts/told.ts compare <folder> [slug] [part of a fixture's name …]
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadFixtures, referenceFiles, starterFiles, submissionOf, tasksAtStake } from '../graders/audit/fixtures.ts';
import { listCourseworks, openCoursework } from '../graders/coursework.ts';
import { batchContext } from '../graders/batch/options.ts';
import { gradeOne } from '../graders/grade-one.ts';
import type { Grade } from '../graders/model/grade.ts';
import type { Submission } from '../graders/model/submission.ts';
import { bestLevel } from '../graders/sandbox/doctor/best-level.ts';
import { createGuestFactory } from '../graders/guest-factory.ts';

const [mode, folder, only, ...parts] = process.argv.slice(2);
if ((mode !== 'record' && mode !== 'compare') || folder === undefined) {
  process.stderr.write('Say `record <folder>` or `compare <folder>`, and perhaps a coursework and parts of names.\n');
  process.exit(2);
}
const clock = () => performance.now();
let [told, changed] = [0, 0];

for (const [slug, path] of await listCourseworks([])) {
  if (only !== undefined && slug !== only) continue;
  const coursework = await openCoursework(path);
  const factory = await createGuestFactory({ coursework, level: await bestLevel(), backend: 'wasm' });
  const batch = batchContext({ coursework, seed: 20_260, full: false, clock });
  const fixtures = [
    ...(await loadFixtures(slug)),
    ...(slug === 'boston-init-mnist-grads' ? await loadFixtures('hostile', slug) : []),
  ];
  const all: { name: string; submission: Submission; tasks?: readonly string[] }[] = [
    { name: 'reference', submission: submissionOf('reference', await referenceFiles(slug)) },
    { name: 'starter', submission: submissionOf('starter', await starterFiles(slug)) },
    ...fixtures.map((fixture) => ({
      name: fixture.name,
      submission: fixture.submission,
      tasks: tasksAtStake(coursework.assignment, fixture),
    })),
  ];
  for (const { name, submission, tasks } of all) {
    if (parts.length > 0 && !parts.some((part) => name.includes(part))) continue;
    const grade = await gradeOne(submission, { coursework, clock, only: tasks }, batch, factory);
    const file = join(folder, `${slug} ${name.replaceAll('/', ' ')}.json`);
    const text = JSON.stringify(wordsOf(grade), null, 1);
    told++;
    if (mode === 'record') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, text);
    } else if (!existsSync(file)) {
      process.stdout.write(`${slug} ${name}: not recorded\n`);
    } else {
      changed += report(`${slug} ${name}`, readFileSync(file, 'utf8'), text);
    }
  }
  await factory.close();
}
process.stdout.write(`${told} told, ${changed} changed\n`);
process.exit(changed > 0 ? 1 : 0);

/** Everything but what a clock says. */
function wordsOf(grade: Grade): unknown {
  return JSON.parse(
    JSON.stringify(grade, (key, value: unknown) => (key === 'ms' || key === 'staff' ? undefined : value)),
  );
}

function report(name: string, before: string, after: string): number {
  if (before === after) return 0;
  const [old, now] = [before.split('\n'), after.split('\n')];
  const [lost, new_] = [old.filter((line) => !now.includes(line)), now.filter((line) => !old.includes(line))];
  const shown = [...lost.map((line) => `  - ${line.trim()}`), ...new_.map((line) => `  + ${line.trim()}`)];
  process.stdout.write(`${name} has changed\n${shown.slice(0, 12).join('\n').slice(0, 3000)}\n`);
  return 1;
}
