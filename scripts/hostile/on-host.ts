/** Attacks on the grader itself, by what is handed in or by what happens to the grader: each a module that exports `attack(tools)`. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { execa } from 'execa';
import * as fflate from 'fflate';
import type { Assignment } from '../../graders/model/assignment.ts';
import type { Refusal, Submission } from '../../graders/model/submission.ts';
import { findHandedIn } from '../../graders/intake/receive.ts';
import type { Attack, Told } from './attack.ts';
import { classPages, type Graded } from './class-pages.ts';
import { besideHonest, receiveArchive } from './handed-in.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What an attack on the host may use. */
interface HostTools {
  /** A folder of its own, which is removed afterwards. */
  folder: string;
  bait: object;
  root: string;
  fflate: typeof fflate;
  /** Everything that intake makes of a path, for a sheet that asks for q1.ts. */
  receive(path: string): Promise<(Submission | Refusal)[]>;
  /** Grades a folder with the command; what it said, and the results by name. */
  grade(slug: string, path: string, ...words: string[]): Promise<Graded>;
  /** Grades a class of such programs and says whether what is written of it can be opened. */
  classPages(asked: Parameters<typeof classPages>[1]): Promise<string>;
  /** Grades such files beside an honest submission and says whether both ended as they should. */
  besideHonest(asked: Parameters<typeof besideHonest>[1]): Promise<string>;
  /** What intake makes of an archive of these bytes. */
  receiveArchive(zip: Uint8Array): Promise<string>;
}

const assignment: Assignment = {
  schema: 'gradmark/assignment/v1',
  slug: 'tiny-nets',
  title: 'Tiny nets',
  summary: 'One question.',
  imports: [],
  limits: { callMs: 1000, submissionMs: 1000, memoryMb: 100 },
  tasks: [{ id: 'Q1', title: 'One', marks: 1, kinds: ['code'], unit: 'q1', exports: ['f'] }],
};

/** Runs the attack's module in this process; its words are what it says came of it. */
export async function onHost(attack: Attack, bait: object): Promise<Told> {
  const folder = await mkdtemp(join(tmpdir(), 'gradmark-attack-'));
  const tools: HostTools = {
    folder,
    bait,
    root,
    fflate,
    receive: async (path) => Promise.all((await findHandedIn(path, { assignment })).map((found) => found.read())),
    grade: (slug, path, ...words) => grade(slug, path, join(folder, 'graded'), words),
    classPages: (asked) => classPages(tools, asked),
    besideHonest: (asked) => besideHonest(tools, asked),
    receiveArchive: (zip) => receiveArchive(tools, zip),
  };
  const module = (await import(pathToFileURL(join(attack.folder, attack.file)).href)) as {
    attack(tools: HostTools): Promise<string>;
  };
  const before = process.cpuUsage();
  try {
    const says = await module.attack(tools);
    const { user, system } = process.cpuUsage(before);
    return { ending: 'answer', says, output: '', chargedMs: (user + system) / 1000 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function grade(slug: string, path: string, out: string, words: readonly string[]): Promise<Graded> {
  const command = [join(root, 'bin', 'gradmark.js'), 'grade', slug, path, '--out', out, '--seed', '77', ...words];
  const run = await execa(process.execPath, command, { cwd: root, reject: false, all: true });
  const [code, said] = [run.exitCode ?? -1, run.all];
  const text = await readFile(join(out, 'results.json'), 'utf8').catch(() => '{"submissions":[]}');
  return { code, said, out, submissions: (JSON.parse(text) as { submissions: Graded['submissions'] }).submissions };
}
