/** Disks that are full: a small one in memory where it may be mounted, otherwise files that may not grow. */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { gradebookPath } from '../../graders/gradebook/store.ts';
import { gradeSettled, gradeWhole } from './command.ts';
import { filesIn, onlooker } from './look.ts';
import { differences } from './same.ts';
import { hashesOf, writeClass } from './submissions.ts';

export interface Cases {
  says: string;
  cases: { name: string; faults: string[] }[];
}

const blockBytes = 4096;

/** Grades a class into a disk that holds nothing, a third, two thirds, …, all but the last page of it, and then gives it room. */
export async function fillDisks(home: string, moments: number): Promise<Cases> {
  const [folder, calm] = [join(home, 'class'), join(home, 'calm')];
  await writeClass(folder, 10);
  await gradeWhole(folder, calm);
  const given = join(home, 'secret');
  await writeFile(given, await readFile(join(calm, 'secret')));
  const { size: ofGradebook } = await stat(gradebookPath(calm));
  const sizes = [ofGradebook, ...[...(await filesIn(calm)).values()].map((text) => Buffer.byteLength(text))];
  const blocks = sizes.reduce((sum, size) => sum + Math.ceil(size / blockBytes), 0);
  const cases = [];
  for (let i = 0; i < moments; i++) {
    const out = join(home, `out-${i}`);
    const room = Math.max(1, Math.floor((blocks * (i + 0.5)) / moments) - (moments === 1 ? 0 : 1));
    const disk = (await smallDisk(out, room)) ?? smallFiles(i === 0 ? 1 : Math.max(...sizes) - 1);
    try {
      const first = await gradeWhole(folder, out, ['--secret-file', given], { under: disk.under });
      const faults = [...faultsOf(first, out), ...(await onlooker(out, await hashesOf(folder)).faults([]))];
      await disk.giveRoom();
      const second = await gradeSettled(folder, out, ['--secret-file', given]);
      if (second.code !== 0) faults.push(`with room it ends with ${second.code}: ${second.said.slice(-300)}`);
      cases.push({ name: disk.name, faults: [...faults, ...(await differences(out, calm))] });
    } finally {
      await disk.remove();
    }
  }
  return { says: 'full disks are told in a sentence, and the batch goes on when there is room', cases };
}

function faultsOf({ code, said }: { code?: number; said: string }, out: string): string[] {
  const faults = [];
  if (code !== 3) faults.push(`it ends with ${code}`);
  if (!said.includes(`${out}/`) || !/could not be written \((ENOSPC|EFBIG|EIO): /.test(said))
    faults.push(`it says ${said}`);
  if (/^\s+at /m.test(said)) faults.push(`it says a stack: ${said}`);
  return faults;
}

interface Disk {
  name: string;
  under: readonly string[];
  giveRoom(): Promise<unknown>;
  remove(): Promise<unknown>;
}

async function smallDisk(out: string, blocks: number): Promise<Disk | undefined> {
  await mkdir(out, { recursive: true });
  const size = `size=${(blocks * blockBytes) / 1024}k,mode=700`;
  const { failed } = await execa('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', out], { reject: false });
  if (failed) return undefined;
  return {
    name: `a disk of ${blocks} blocks`,
    under: [],
    giveRoom: () => execa('mount', ['-o', 'remount,size=64m', out]),
    remove: () => execa('umount', [out], { reject: false }),
  };
}

const smallFiles = (bytes: number): Disk => ({
  name: `files of ${bytes} bytes`,
  under: ['prlimit', `--fsize=${bytes}`],
  giveRoom: async () => undefined,
  remove: async () => undefined,
});
