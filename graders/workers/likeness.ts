/** What of a machine a grade may depend on: who differs in it does not grade. Everybody may read this; nothing secret is in it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { versionsOf } from '../check-keys.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Backend, SandboxLevel } from '../model/guest.ts';

export interface Likeness {
  gradmark: string;
  /** Over all that judges in this coursework. */
  coursework: string;
  node: string;
  arch: string;
  level: SandboxLevel;
  backend: Backend;
  /** Where libraries choose their way to compute by the processor: its maker, and what it can do. */
  kernels?: string;
  python?: string;
  /** Of the folder with the real data sets: names and sizes. */
  data?: string;
}

interface Own {
  graderVersion: string;
  coursework: { assignment: Assignment; hash: string };
  level: SandboxLevel;
  backend: Backend;
  /** Whether programs in Python are asked. */
  inPython: boolean;
  python?: string | undefined;
  dataFolder?: string | undefined;
}

/** What this machine is like for submissions of one language to one coursework. */
export async function likenessOf(own: Own): Promise<Likeness> {
  const { coursework, level, backend, inPython, dataFolder } = own;
  return {
    ...{ gradmark: own.graderVersion, coursework: coursework.hash },
    ...{ node: process.versions.node, arch: process.arch, level, backend },
    ...((inPython || backend === 'node') && { kernels: kernels() }),
    ...(inPython && { python: await versionsOf(coursework.assignment, own.python) }),
    ...(dataFolder !== undefined && { data: digestOfFolder(dataFolder) }),
  };
}

/** Why this machine does not do what is wanted of one like that, a sentence each; none where it does. */
export function refusals(wanted: Likeness, own: Likeness): string[] {
  const fields = Object.keys(sentences) as (keyof Likeness)[];
  return fields.flatMap((field) => {
    const [theirs, ours] = [wanted[field], own[field]];
    return theirs === undefined || theirs === ours ? [] : [sentences[field](theirs, ours ?? 'none')];
  });
}

const sentences: Record<keyof Likeness, (wanted: string, own: string) => string> = {
  gradmark: (wanted, own) => `It asks for gradmark ${wanted}, and this is ${own}.`,
  coursework: () => 'What judges is not the same here: another build of gradmark, or other files of the coursework.',
  node: (wanted, own) => `It asks for Node ${wanted}, and this is ${own}.`,
  arch: (wanted, own) => `It asks for a processor of kind ${wanted}, and this is ${own}.`,
  level: (wanted, own) => `It asks for sandbox level ${wanted}, and this machine has ${own}: see gradmark doctor.`,
  backend: (wanted, own) => `It asks for the backend ${wanted}, and this machine has ${own}.`,
  kernels: (wanted, own) =>
    `Libraries compute in another way on this processor (${own}) than where it was asked (${wanted}): numbers may differ in the last digit.`,
  python: (wanted, own) => `It asks for ${wanted}, and here is ${own}: see gradmark python setup and --python.`,
  data: (_, own) =>
    own === 'none'
      ? 'It asks for the real data sets, and there are none here: give --data.'
      : 'The folder with the real data sets holds other files here.',
};

/** As far as it matters to BLAS and oneDNN. */
const chosenBy = [
  'sse4_2',
  'avx',
  'fma',
  'avx2',
  'avx512f',
  'avx512dq',
  'avx512bw',
  'avx512vl',
  'avx512_vnni',
  'amx_tile',
  'asimd',
  'sve',
];

function kernels(): string {
  const text = readFileSync('/proc/cpuinfo', 'utf8').split('\n\n', 1)[0]!;
  const field = (name: RegExp) => name.exec(text)?.[1] ?? '';
  const has = new Set(field(/^(?:flags|Features)\s*: (.*)$/m).split(' '));
  const maker = field(/^(?:vendor_id|CPU implementer)\s*: (.*)$/m);
  return [maker, ...chosenBy.filter((flag) => has.has(flag))].join(' ');
}

function digestOfFolder(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  for (const path of paths) hash.update(`${path.slice(folder.length)}\0${statSync(path).size}\n`);
  return hash.digest('hex').slice(0, 16);
}
