import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { execaSync } from 'execa';
import { afterAll, expect, test, vi } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { watchWork } from './watch.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradmark-watch-'));
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * Starts a command in a pseudo-terminal; waits in each step until the screen shows what the step waits for, keeps the screen, and
 * then saves a file as an editor does, or presses a key. The screen is what came since it was last cleared.
 */
const driver = `
import json, os, pty, re, sys
command, steps = json.load(sys.stdin)
pid, fd = pty.fork()
if pid == 0:
    os.environ['TERM'] = 'xterm'
    os.execvp(command[0], command)
text, mark, screens = '', 0, []
def save(how, path, content):
    if how == 'in place':
        open(path, 'w').write(content)
    elif how == 'atomic':
        open(path + '.tmp', 'w').write(content)
        os.replace(path + '.tmp', path)
    elif how == 'rename':
        os.rename(path, path + '~')
        open(path, 'w').write(content)
        os.remove(path + '~')
for step in steps:
    while True:
        screen = text[mark:].split('\\x1b[H')[-1]
        if re.search(step['sees'], screen, re.S):
            break
        try:
            got = os.read(fd, 65536)
        except OSError:
            got = b''
        if got == b'':
            print(json.dumps({'screens': screens, 'ended': text}))
            sys.exit(1)
        text += got.decode('utf8', 'replace').replace('\\r\\n', '\\n')
    screens.append(screen)
    mark = len(text)
    if 'save' in step:
        save(*step['save'])
    if 'key' in step:
        os.write(fd, step['key'].encode())
while True:
    try:
        if os.read(fd, 65536) == b'':
            break
    except OSError:
        break
print(json.dumps({'screens': screens, 'code': os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}))
`;

interface Step {
  sees: string;
  save?: [how: 'in place' | 'atomic' | 'rename', path: string, content: string];
  key?: string;
}

function inTerminal(command: readonly string[], steps: readonly Step[]) {
  const { stdout } = execaSync('python3', ['-c', driver], { input: JSON.stringify([command, steps]), reject: false });
  const ran = JSON.parse(stdout) as { screens: string[]; code?: number; ended?: string };
  expect(ran.ended).toBeUndefined();
  return { ...ran, screens: ran.screens.map((screen) => stripVTControlCharacters(screen)) };
}

test('a screen is cleared for every way of saving, says at once what changed, and keys answer until q', () => {
  mkdirSync(join(folder, 'courses/tiny'), { recursive: true });
  mkdirSync(join(folder, 'work'));
  writeFileSync(
    join(folder, 'courses/tiny/assignment.json'),
    JSON.stringify({
      ...{ schema: 'gradmark/assignment/v1', slug: 'tiny', title: 'Tiny', summary: 'One function.', imports: [] },
      limits: { callMs: 20_000, submissionMs: 600_000, memoryMb: 256 },
      tasks: [{ id: 'T1', title: 'Double', marks: 2, kinds: ['code'], unit: 'twice', exports: ['twice'] }],
    }),
  );
  writeFileSync(
    join(folder, 'courses/tiny/checks.ts'),
    `export const checks = [{
  ...{ id: 't1.twice', task: 'T1', title: 'twice is twice', asks: 'twice(21).', points: 2 },
  run: async (context) => {
    const { value } = await (await context.guest()).call({ module: 'twice', name: 'twice' }, [21]);
    return value === 42 ? { earned: 1 } : { earned: 0, finding: { says: 'twice(21) is not 42.', hint: 'Add it to itself.' } };
  },
}];
`,
  );
  const path = join(folder, 'work/twice.js');
  const [right, wrong] = ['export const twice = (x) => 2 * x;\n', 'export const twice = (x) => 3 * x;\n'];
  writeFileSync(path, 'export const twice = () => { throw new Error("not implemented"); };\n');
  const words = ['check', 'work', '--assignment', 'tiny', '--assignments', 'courses', '--watch'];
  const command = [process.execPath, join(packageRoot, 'bin/gradmark.js'), ...words];
  const { screens, code } = inTerminal(
    ['sh', '-c', 'cd "$0" && exec "$@"', folder, ...command],
    [
      { sees: 'q quit', save: ['in place', path, wrong] },
      { sees: 'changed; checking.*q quit', key: 'h' },
      { sees: 'q quit', key: 'l' },
      { sees: 'q quit', save: ['atomic', path, right] },
      { sees: 'changed; checking.*q quit', save: ['rename', path, wrong] },
      { sees: 'changed; checking.*q quit', key: 'r' },
      { sees: 'Once more; checking.*q quit', key: 'q' },
    ],
  );
  const [first, inPlace, hint, list, atomic, renamed, again] = screens;
  expect(first).toContain('Not started yet');
  for (const screen of [inPlace, atomic, renamed]) expect(screen).toMatch(/^twice\.js changed; checking …\n/);
  expect(inPlace).toContain('twice(21) is not 42');
  expect(hint).toContain('Add it to itself.');
  expect(list).toContain('t1.twice');
  // As narrow as the terminal: lines break where they must.
  expect(atomic).toMatch(/1\s+check\s+passed/);
  expect(renamed).toContain('twice(21) is not 42');
  expect(again).toMatch(/^Once more; checking …\n/);
  expect(code).toBe(0);
  expect(readFileSync(path, 'utf8')).toBe(wrong);
});

test('what changes while a check runs is checked once after it, however often it changed', async () => {
  const path = join(folder, 'queue.ts');
  writeFileSync(path, '0');
  let [text, checks] = ['', 0];
  const shown = (words: string) => text.split(words).length - 1;
  const out = new Writable({ write: (chunk, _, done) => ((text += String(chunk)), done()) }) as NodeJS.WriteStream;
  let release: () => void = () => undefined;
  const held = new Promise<void>((done) => (release = done));
  const check = async () => {
    checks += 1;
    await held;
  };
  const watching = watchWork(path, { check, keys: {} }, { out, keys: undefined });
  const patience = { timeout: 60_000 };
  await vi.waitUntil(() => {
    writeFileSync(path, `${text.length}${performance.now()}`);
    return shown('queue.ts changed') >= 6;
  }, patience);
  process.emit('SIGINT');
  release();
  await watching;
  expect(checks).toBe(2);
});
