/**
 * A control group (version 2) in which the grader may make groups of its own, where whoever started it has left it one. The kernel
 * lets a group have either processes or limits for groups below it: so we, and those that started us, move one group down first.
 */
import { accessSync, appendFileSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The group under which groups may be made, with the limits that they can have; or a sentence that says why there is none. */
export type OwnGroup = { folder: string; limits: readonly string[] } | { says: string };

/** Where the kernel shows the groups and the processes; other folders in a test. */
interface Kernel {
  groups: string;
  proc: string;
  pid: number;
}

const wanted = ['memory', 'pids', 'cpu'];
const asked = 'systemd-run --user --scope -p Delegate=yes';
const otherwise = 'memory and time are watched from outside instead';
const none = (why: string): OwnGroup => ({ says: `${why}: ${otherwise}` });

/** Looks for the group and makes it ready; a second time it finds it ready. */
export function ownGroup({ groups, proc, pid }: Kernel = thisMachine): OwnGroup {
  const all = wordsIn(join(groups, 'cgroup.controllers'));
  if (all === undefined) return none('no control groups of version 2');
  const name = /^0::(\/.*)$/m.exec(read(join(proc, 'self', 'cgroup')) ?? '')?.[1];
  if (name === undefined) return none('no control group of version 2 holds the grader');
  const folder = join(groups, name.endsWith(`/${below}`) ? name.slice(0, -below.length - 1) : name);
  const limits = wanted.filter((limit) => (wordsIn(join(folder, 'cgroup.controllers')) ?? []).includes(limit));
  if (limits.length === 0) return none('version 2, and the group of the grader may limit nothing');
  if (!['', 'cgroup.procs', 'cgroup.subtree_control'].every((file) => mayWrite(join(folder, file))))
    return none(`version 2, not delegated to this user ("${asked} gradmark …" asks for it)`);
  const strangers = (wordsIn(join(folder, 'cgroup.procs')) ?? []).filter(
    (id) => !lineage(proc, pid).includes(Number(id)),
  );
  if (strangers.length > 0)
    return none(
      `version 2, but other programs run in the grader's group ("${asked} gradmark …" gives it one of its own)`,
    );
  try {
    moveDown(folder);
    appendFileSync(join(folder, 'cgroup.subtree_control'), limits.map((limit) => `+${limit}`).join(' '));
  } catch (error) {
    return none(
      `version 2, but the kernel refuses limits there (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    );
  }
  return { folder, limits };
}

/** What the doctor says of it. */
export const groupInWords = (group: OwnGroup): string =>
  'says' in group ? group.says : `version 2, delegated: the kernel limits ${group.limits.join(', ')} of every program`;

const thisMachine: Kernel = { groups: '/sys/fs/cgroup', proc: '/proc', pid: process.pid };

/** The group that the grader itself moves into. */
const below = 'gradmark-grader';

function moveDown(folder: string): void {
  const here = wordsIn(join(folder, 'cgroup.procs')) ?? [];
  if (here.length === 0) return;
  const into = join(folder, below);
  if (!existsSync(into)) mkdirSync(into);
  // One process for each write, as the kernel wants it.
  for (const id of here) appendFileSync(join(into, 'cgroup.procs'), `${id}\n`);
}

/** The process and those that started it, up to the first. */
function lineage(proc: string, pid: number): number[] {
  const found: number[] = [];
  for (let next = pid; next > 0 && !found.includes(next);) {
    found.push(next);
    const stat = read(join(proc, String(next), 'stat')) ?? '';
    next = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
  }
  return found;
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const wordsIn = (path: string): string[] | undefined => read(path)?.split(/\s+/).filter(Boolean);

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
