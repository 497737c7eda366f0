import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { chownSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cacheCandidates, cacheFolder, toDoAbout } from './cache-folder.ts';
import { UnusableFolder } from './unusable-folder.ts';
import { NATIVE_NAME } from '../../runtimes/node/native-names.ts';
import { stageGuest, type GuestSource } from './stage.ts';

const isRoot = process.geteuid?.() === 0;
let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'gradmark-stage-'));
  await chmod(base, 0o755);
});
afterEach(() => rm(base, { recursive: true }));

const source = (text: string, write: (outDir: string) => Promise<void> = async () => undefined): GuestSource => ({
  binary: process.execPath,
  entry: 'guest.cjs',
  fingerprint: async () => text,
  write: async (outDir) => {
    await write(outDir);
    await writeFile(join(outDir, 'guest.cjs'), text, { mode: 0o600 });
  },
});

describe('staging a guest', () => {
  it('builds once for each content and makes it readable for everybody, writable for nobody else', async () => {
    let built = 0;
    const counted = source('one', async () => void built++);
    const first = await stageGuest(counted, base);
    expect(await stageGuest(counted, base)).toEqual(first);
    expect(built).toBe(1);
    expect((await stageGuest(source('two'), base)).dir).not.toBe(first.dir);
    expect(await readFile(first.entry, 'utf8')).toBe('one');
    expect([(await stat(first.entry)).mode & 0o777, (await stat(first.dir)).mode & 0o777]).toEqual([0o644, 0o755]);
  });

  it('lets one of several builders win and leaves nothing of the others', async () => {
    const many = await Promise.all(Array.from({ length: 6 }, () => stageGuest(source('same'), base)));
    expect(new Set(many.map(({ dir }) => dir)).size).toBe(1);
    expect(await readdir(base)).toHaveLength(1);
  });

  it('leaves nothing behind when building fails', async () => {
    const failing = source('x', async () => {
      throw new Error('no');
    });
    await expect(stageGuest(failing, base)).rejects.toThrow('no');
    expect(await readdir(base)).toEqual([]);
  });

  it('says that the disk is full, and where, when it is', async () => {
    const full = source('x', () => writeFile('/dev/full', 'x'));
    await expect(stageGuest(full, base)).rejects.toThrow(
      new UnusableFolder(`${base} cannot be used: the disk is full (ENOSPC). ${toDoAbout(base)}`),
    );
    const told = source('x', () => Promise.reject(new Error('esbuild: write app.cjs: no space left on device')));
    await expect(stageGuest(told, base)).rejects.toThrow('the disk is full');
  });

  it('builds anew when a file is missing, cut short or open to others', async () => {
    const { entry } = await stageGuest(source('whole'), base);
    await writeFile(entry, 'who');
    await stageGuest(source('whole'), base);
    expect(await readFile(entry, 'utf8')).toBe('whole');
    await chmod(entry, 0o666);
    await writeFile(entry, 'other');
    await stageGuest(source('whole'), base);
    expect(await readFile(entry, 'utf8')).toBe('whole');
    await rm(entry);
    await stageGuest(source('whole'), base);
    expect(await readFile(entry, 'utf8')).toBe('whole');
  });

  it('removes versions that nobody used for a week, and keeps younger ones and what was built on request', async () => {
    const [old, young] = [await stageGuest(source('old'), base), await stageGuest(source('young'), base)];
    const past = (days: number) => new Date(Date.now() - days * 86_400_000);
    await utimes(dirname(old.dir), past(8), past(8));
    await utimes(dirname(young.dir), past(6), past(6));
    const kept = join(base, NATIVE_NAME);
    await mkdir(kept);
    await utimes(kept, past(100), past(100));
    await mkdir(join(base, '.building-1-dead'));
    await utimes(join(base, '.building-1-dead'), past(1), past(1));
    const fresh = await stageGuest(source('new'), base);
    expect((await readdir(base)).sort()).toEqual(
      [dirname(young.dir), dirname(fresh.dir), kept].map((path) => path.slice(base.length + 1)).sort(),
    );
  });

  it('does not write through a link that stands in the place of a version', async () => {
    const { dir } = await stageGuest(source('mine'), base);
    const place = dirname(dir);
    const elsewhere = join(base, 'elsewhere');
    await rm(place, { recursive: true });
    await mkdir(elsewhere);
    await symlink(elsewhere, place);
    await stageGuest(source('mine'), base).catch(() => undefined);
    expect(await readdir(elsewhere)).toEqual([]);
  });
});

describe('the folder for staged files', () => {
  it('is made, and found again', async () => {
    const wanted = join(base, 'a', 'b');
    expect(await cacheFolder([wanted])).toBe(wanted);
    expect(await cacheFolder([wanted])).toBe(wanted);
  });

  it('is refused when others may write to it, when it is a link, or when others may replace it', async () => {
    const open = join(base, 'open');
    await mkdir(open);
    await chmod(open, 0o777);
    await symlink(base, join(base, 'link'));
    const candidates = [open, join(base, 'link'), join(open, 'inside')];
    await expect(cacheFolder(candidates)).rejects.toThrow(
      /other users.*not a folder of its own.*other users can replace/s,
    );
  });

  it.runIf(process.platform === 'linux')('says so, and ends, where the kernel makes no folder', async () => {
    await expect(cacheFolder(['/proc/x/gradmark'])).rejects.toThrow('/proc/x/gradmark: it is not there');
  });

  it('says what stands in its place', async () => {
    await writeFile(join(base, 'file'), '');
    await expect(cacheFolder([join(base, 'file'), join(base, 'file', 'inside')])).rejects.toThrow(
      /file: is not a folder of its own; .*inside: a file stands where a folder is needed\. .*100 MB free/,
    );
  });

  it('is none in whatever folder somebody stands in', () => {
    vi.stubEnv('XDG_CACHE_HOME', 'caches');
    vi.stubEnv('HOME', '');
    expect(cacheCandidates(1234)).toEqual([join(tmpdir(), 'gradmark-1234')]);
    vi.stubEnv('XDG_CACHE_HOME', '/caches');
    vi.stubEnv('HOME', '/home/ann');
    expect(cacheCandidates(1234).slice(0, 2)).toEqual(['/caches/gradmark', '/home/ann/.cache/gradmark']);
    vi.unstubAllEnvs();
  });

  it.runIf(isRoot)('is refused when somebody else planted it', async () => {
    const planted = join(base, 'planted');
    await mkdir(planted);
    chownSync(planted, 65533, 65533);
    await expect(cacheFolder([planted])).rejects.toThrow('belongs to user 65533');
    expect(await cacheFolder([planted, join(base, 'mine')])).toBe(join(base, 'mine'));
  });
});
