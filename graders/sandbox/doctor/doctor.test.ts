import { beforeAll, describe, expect, it } from 'vitest';
import type { SandboxLevel } from '../../model/guest.ts';
import { agreeing, verdictOf } from './agree.ts';
import { levelLabel } from './levels.ts';
import { stageProbe } from './probe.ts';
import { tryFurther, type LevelReport } from './try-levels.ts';
import { doctorText, examine, type DoctorReport } from './doctor.ts';
import { tryGuestWalls } from './guest-walls.ts';
import { withoutPython } from '../../runtimes/python/python.testing.ts';
import { stageNode } from '../../runtimes/node/stage-node.ts';
import { remedyFor } from '../contain/remedies.ts';

describe('the doctor', () => {
  let report: DoctorReport;
  beforeAll(async () => {
    report = await examine();
  });

  it('finds level A or A- sound here, with every attempt stopped and a gradient computed', () => {
    expect(['A', 'A-']).toContain(report.level);
    const best = report.levels.find(({ level }) => level === report.level)!;
    expect(best.items.filter(({ state }) => state !== 'stopped')).toEqual([]);
    expect(best.items.length).toBeGreaterThan(20);
    expect(best.gradient).toMatchObject({ ok: true, said: '' });
    expect(best.startMs).toBeGreaterThan(0);
  });

  it('proves the walls inside the process, and sees where one is down', async () => {
    const best = report.levels.find(({ level }) => level === report.level)!;
    const walls = best.items.filter(({ id }) => id.startsWith('guest-'));
    expect(walls.map(({ id, state }) => [id, state])).toEqual(
      ['realm', 'code', 'process', 'autodiff'].map((name) => [`guest-${name}`, 'stopped']),
    );
    const open = await tryGuestWalls(report.level!, await stageNode('cpu', { keepProcess: true }));
    expect(open.filter(({ state }) => state === 'hole').map(({ id }) => id)).toEqual(['guest-process']);
  });

  it('sees the network open at level D, so it can tell the difference', () => {
    const weakest = report.levels.find(({ level }) => level === 'D')!;
    const state = (id: string) => weakest.items.find((item) => item.id === id)?.state;
    expect([state('tcp'), state('udp'), state('read-passwd')]).toEqual(['open', 'open', 'stopped']);
  });

  it('takes a program that never began for no hole', async () => {
    const little = { ...(await stageProbe()), binary: '/bin/false' };
    const tried = await tryFurther('D', { little, whole: await stageNode() });
    const endless = tried.filter(({ id }) => !id.startsWith('guest-'));
    expect(endless.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'memory unknown',
      'flood unknown',
      'loop unknown',
    ]);
  });

  it('prints one row for each attempt and ends with the verdict', () => {
    const text = doctorText(report);
    expect(text).toMatch(/A program at level +A/);
    expect(text).toMatch(/may connect to a TCP port of this machine +stopped/);
    expect(text).toContain(`Best level: ${report.level} (isolated).`);
  });

  it.skipIf(withoutPython !== undefined)('tries Python inside, and says which it is', () => {
    expect(report.python.tried.filter(({ state }) => state !== 'stopped')).toEqual([]);
    expect(report.python).toMatchObject({ sound: true, versions: expect.stringMatching(/^Python 3\.\d+\.\d+, numpy/) });
    expect(doctorText(report)).toMatch(/^Programs in Python .*: it computes, and 12 of 12 attempts were stopped\.$/m);
  });

  it('prints the mend for what is not available, and shouts at a hole', () => {
    const [first] = report.levels;
    const items = first!.items.map((item) => (item.id === 'tcp' ? { ...item, state: 'hole' as const } : item));
    const problem = { because: 'bubblewrap is not installed', mend: 'sudo apt-get install -y bubblewrap' };
    const text = doctorText({
      ...report,
      level: undefined,
      label: 'nothing can be run here',
      levels: [
        { ...first!, items },
        { level: 'C', label: 'partial', available: false, sound: false, items: [], problem },
      ],
      mends: [problem.mend],
    });
    expect(text).toMatch(/TCP port of this machine +OPEN/);
    expect(text).toMatch(/Level C is not available: bubblewrap is not installed\./);
    expect(text).toMatch(/To mend:\n {2}sudo apt-get install -y bubblewrap$/);
  });
});

describe('the doctor does not contradict itself', () => {
  const level = (level: SandboxLevel, more: Partial<LevelReport>): LevelReport => ({
    ...{ level, label: levelLabel(level), available: true, sound: true, items: [] },
    ...more,
  });
  const shut = { item: 'user namespaces', value: 'kernel.x=1', ok: false, mend: 'sudo sysctl -w kernel.x=0' };
  const full = { item: 'memory', value: '0.1 of 4 GB free', ok: false, mend: 'use --jobs 1' };

  it('what a level does without is not to be mended', () => {
    const said = agreeing([shut, full], [level('A', { available: false, sound: false }), level('A-', {})]);
    expect(said).toEqual([
      { item: 'user namespaces', value: 'kernel.x=1, which does not keep gradmark from isolating', ok: true },
      full,
    ]);
  });

  it('what keeps the machine from isolating is', () => {
    expect(agreeing([shut], [level('A', { sound: false }), level('C', {})])).toEqual([shut]);
  });

  it('root who may become no other user is not said to give each program one', () => {
    const problem = remedyFor('spawn EINVAL')!;
    const user = { item: 'user', value: 'root; each program has a user of its own', ok: true };
    const said = agreeing([user, full], [level('D', { available: false, sound: false, problem })]);
    expect(said).toEqual([{ item: 'user', value: 'root, who may become no other user here', ok: false }, full]);
    expect(agreeing([user], [level('D', {})])).toEqual([user]);
  });

  it.each(['unshare: unshare failed: Operation not permitted', 'unshare: unshare failed: No space left on device'])(
    'namespaces that were refused (%s) are not said to be unrestricted',
    (output) => {
      const problem = remedyFor(output)!;
      const free = { item: 'user namespaces', value: 'not restricted', ok: true };
      const [said] = agreeing([free], [level('C', { available: false, sound: false, problem }), level('D', {})]);
      expect(said).toMatchObject({ value: expect.stringContaining('refused when tried'), ok: false });
      const switched = { ...free, value: 'kernel.x=1', ok: false };
      expect(agreeing([switched], [level('C', { available: false, sound: false, problem })])).toEqual([switched]);
    },
  );

  it('a level with a hole is no level, and is not said to be missing either', () => {
    expect(verdictOf([level('A', { sound: false }), level('D', { available: false, sound: false })])).toMatch(/OPEN/);
    expect(verdictOf([level('A', { sound: false }), level('D', {})])).toMatch(/^Best level: D \(UNSAFE/);
    expect(verdictOf([])).toMatch(/nothing can be run/);
  });
});

describe("the meaning of a sandbox's complaint", () => {
  it.each([
    [
      'bwrap: setting up uid map: Permission denied',
      /AppArmor/,
      /sysctl -w kernel.apparmor_restrict_unprivileged_userns=0/,
    ],
    ['bwrap: No permissions to create new namespace, likely because the kernel …', /ordinary users/, /docker run/],
    ['bwrap: pivot_root: Operation not permitted', /container/, /seccomp=unconfined/],
    [
      'bwrap: Failed to make / slave: Operation not permitted',
      /container/,
      /container-seccomp\.json.*apparmor=unconfined/,
    ],
    ["bwrap: Can't mount proc on /newroot/proc: Operation not permitted", /container/, /seccomp=unconfined/],
    ['bwrap: cannot open /proc/sys/user/max_user_namespaces: Read-only file system', /level A- does without/, /^$/],
    [
      'bwrap: Creating new namespace failed: nesting depth or /proc/sys/user/max_*_namespaces exceeded (ENOSPC)',
      /no further/,
      /max_user_namespaces=15000/,
    ],
    ['bwrap: Creating new namespace failed: Resource temporarily unavailable', /as many processes/, /ulimit/],
    ['unshare: unshare failed: Operation not permitted', /ordinary users/, /unprivileged_userns_clone=1/],
    ['bwrap: Unknown option --disable-userns', /level A- does without/, /^$/],
    ["ENOENT: no such file or directory, open '/dev/null'", /^\/dev\/null is not there/, /mknod/],
    ['bwrap: Unknown option --clearenv', /too old/, /0\.8/],
    ['prlimit: failed to set the AS resource limit: Operation not permitted', /ulimit.* lower/, /ulimit -H -a/],
    ["bwrap: Can't find source path /home/x/node: Permission denied", /cannot be reached/, /XDG_CACHE_HOME/],
  ])('%s', (output, because, mend) => {
    expect(remedyFor(output)?.because).toMatch(because);
    expect(remedyFor(output)?.mend ?? '').toMatch(mend);
  });

  it('unknown words are not guessed at', () => {
    expect(remedyFor('bwrap: something new')).toBeUndefined();
  });
});
