/** Folders that are taken away while the grader works: it says so in a sentence, and grades the others as ever. */
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countTold, gradeSettled, gradeWhole, startGrading } from './command.ts';
import type { Cases } from './full-disk.ts';
import { differences } from './same.ts';
import { writeClass } from './submissions.ts';

/** Nobody on a machine has this id. */
const ordinaryUser = 65533;
const last = 's008';

/** A submission, the folder of the batch and the class go; a class that may not be read is told. */
export async function takeAway(home: string, few: boolean): Promise<Cases> {
  const [folder, calm, given] = [join(home, 'class'), join(home, 'calm'), join(home, 'given')];
  await writeClass(folder, 10);
  await gradeWhole(folder, calm);
  await writeFile(given, await readFile(join(calm, 'secret')));
  const words = ['--secret-file', given, '--jobs', '1'];

  /** Grades while something goes after the second grade, then again with everything in its place. */
  const during = async (name: string, go: (out: string) => Promise<void>, back: () => Promise<void>) => {
    const out = join(home, name.replaceAll(' ', '-'));
    const run = startGrading(folder, out, words);
    let hasEnded = false;
    const ended = run.ended.finally(() => (hasEnded = true));
    while (!hasEnded && countTold(run.said(), 'fresh') < 2) await sleep(1);
    await go(out);
    const { code } = await ended;
    const results = await readFile(join(out, 'results.json'), 'utf8').catch(() => '{"submissions":[]}');
    const { submissions } = JSON.parse(results) as { submissions: { id: string; refused?: string; held: boolean }[] };
    await back();
    const again = await gradeSettled(folder, out, words);
    const faults =
      again.code === 0 ? await differences(out, calm) : [`again it ends with ${again.code}: ${again.said}`];
    if (/^\s+at /m.test(run.said())) faults.push(`it says a stack: ${run.said()}`);
    if (submissions.length !== 10 || submissions.some(({ held }) => held)) faults.push('not everybody has a grade');
    const unread = submissions.filter(({ refused }) => /cannot be opened|could not be read/.test(refused ?? ''));
    return { name, code, said: run.said(), unread: unread.map(({ id }) => id), faults };
  };
  const aside = join(home, 'aside');
  const ownFolder = join(folder, last);

  const one = await during('a submission goes', () => rename(ownFolder, aside), () => rename(aside, ownFolder)); // prettier-ignore
  if (one.code !== 0 || one.unread.join() !== last) one.faults.push(`ended with ${one.code}, unread: ${one.unread}`);
  const out = await during(
    'the results go',
    (path) => rm(path, { recursive: true }),
    async () => undefined,
  );
  if (out.code !== 3 || !out.said.includes('was deleted while it was graded into'))
    out.faults.push(`ended with ${out.code}: ${out.said}`);
  const says = 'folders that go or may not be read are told, and the others are graded';
  if (few) return { says, cases: [one, out] };
  const all = await during('the class goes', () => rename(folder, aside), () => rename(aside, folder)); // prettier-ignore
  if (all.code !== 0 || !all.unread.includes(last) || all.unread.includes('s000'))
    all.faults.push(`ended with ${all.code}, unread: ${all.unread}`);
  return { says, cases: [one, out, all, await unreadable(home, folder)] };
}

/** A class that may not be read; root may read everything, and asks as somebody else. */
async function unreadable(home: string, folder: string) {
  const own = join(home, 'own');
  await mkdir(own);
  const who = process.geteuid?.() === 0 ? { uid: ordinaryUser, gid: ordinaryUser } : {};
  if (who.uid !== undefined) {
    await chown(own, who.uid, who.uid);
    for (const path of [join(home, '..'), home]) await chmod(path, 0o755);
  }
  await chmod(folder, 0);
  const env = { HOME: own, XDG_CACHE_HOME: own };
  const { code, said } = await gradeWhole(folder, join(own, 'out'), [], { ...who, env });
  await chmod(folder, 0o700);
  const isTold = code === 2 && said.includes(`${folder} cannot be read (EACCES)`) && !/^\s+at /m.test(said);
  return { name: 'the class may not be read', faults: isTold ? [] : [`ended with ${code}: ${said}`] };
}
