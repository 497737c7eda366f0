/**
 * Builds the two packages: `gradmark` for students, with practice packs and nothing that gives an answer away, and
 * `gradmark-keys` for staff, with everything. `npm run pack` writes both to out/pack.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { listCourseworks, openCoursework } from '../graders/coursework.ts';
import type { Assignment } from '../graders/model/assignment.ts';
import { makePack } from '../graders/packing/make-pack.ts';
import { packFile } from '../graders/practice/read-pack.ts';
import { buildGuest } from '../graders/runtimes/node/bundle.ts';
import { madeGuest, packGuest } from '../graders/runtimes/node/made-guest.ts';
import { root } from './house/sources.ts';
import { publicAssets } from './pack/assets.ts';
import { publicManifest, staffManifest } from './pack/manifests.ts';
import { publicFiles } from './pack/public-files.ts';
import { scriptOptions } from './script-options.ts';

const { values } = scriptOptions(
  'npm run pack -- [--quick <slug>]  with --quick the package for students alone; types are not read again, and of all courseworks this one alone gets its practice pack',
  { options: { quick: { type: 'string' } } },
);

const isQuick = values.quick !== undefined;

/** The seed of the probes that students practise on. */
const practiceSeed = 404;

const out = join(root, 'out/pack');
const [student, staff] = [join(out, 'gradmark'), join(out, 'gradmark-keys')];

const files = publicFiles();
rmSync(out, { recursive: true, force: true });
await execa(process.execPath, [join(root, 'scripts/build.ts'), ...(isQuick ? ['--noCheck'] : [])], {
  cwd: root,
  stdio: 'inherit',
});
for (const [slug, folder] of await listCourseworks([])) await copyCoursework(slug, folder);
for (const name of readdirSync(join(root, 'assignments')).filter((entry) => entry.endsWith('.schema.json')))
  put(student, `assignments/${name}`, readFileSync(join(root, 'assignments', name)));
cpSync(join(root, 'assignments/given'), join(student, 'assignments/given'), { recursive: true });
for (const path of files) copyBuilt(path);
for (const path of publicAssets) cpSync(join(root, 'dist', path), join(student, 'dist', path), { recursive: true });
cpSync(join(root, 'bin'), join(student, 'bin'), { recursive: true });
put(student, join('dist/graders/runtimes/node', madeGuest), await guest());
put(student, 'package.json', `${JSON.stringify(publicManifest(files), null, 2)}\n`);
put(student, 'README.md', readFileSync(join(root, 'scripts/pack/student-readme.md')));
put(student, 'LICENSE', readFileSync(join(root, 'LICENSE')));

if (!isQuick) putStaff();

for (const folder of isQuick ? [student] : [student, staff]) {
  const { stdout } = await execa('npm', ['pack', folder, '--json', '--ignore-scripts', '--pack-destination', out], {
    cwd: out,
  });
  const [{ filename, size, entryCount }] = JSON.parse(stdout) as [
    { filename: string; size: number; entryCount: number },
  ];
  process.stdout.write(`${join(out, filename)}: ${(size / 1e6).toFixed(2)} MB, ${entryCount} files\n`);
}

function putStaff(): void {
  const { files: shipped } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] };
  for (const name of shipped.filter((entry) => !entry.startsWith('!') && existsSync(join(root, entry))))
    cpSync(join(root, name), join(staff, name), { recursive: true, dereference: true, filter: isShipped });
  put(staff, 'package.json', `${JSON.stringify(staffManifest(), null, 2)}\n`);
}

/** Tests stay in the checkout, and packs are for students. */
function isShipped(path: string): boolean {
  return !/\.test\.ts$/.test(path) && !path.endsWith(packFile);
}

function put(folder: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** Sheet, starter and pack; links become files, and what markers look for stays with staff. */
async function copyCoursework(slug: string, folder: string): Promise<void> {
  const to = join(student, 'assignments', slug);
  cpSync(folder, to, { recursive: true, dereference: true, filter: isShipped });
  const assignment = JSON.parse(readFileSync(join(folder, 'assignment.json'), 'utf8')) as Assignment;
  for (const { manual } of assignment.tasks) for (const item of manual?.rubric ?? []) delete item.concepts;
  put(to, 'assignment.json', `${JSON.stringify(assignment, null, 2)}\n`);
  if (isQuick && values.quick !== slug) return;
  const { pack } = await makePack(await openCoursework(folder), practiceSeed);
  put(to, packFile, JSON.stringify(pack));
  process.stderr.write(
    `${slug}: ${pack.checks.filter(({ judges }) => judges).length} of ${pack.checks.length} checks packed\n`,
  );
}

function copyBuilt(path: string): void {
  const built = path.replace(/\.ts$/, '.js');
  put(student, join('dist', built), readFileSync(join(root, 'dist', built)));
  const types = path.replace(/\.ts$/, '.d.ts');
  if (existsSync(join(root, 'dist', types))) put(student, join('dist', types), readFileSync(join(root, 'dist', types)));
}

async function guest(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'gradmark-guest-'));
  try {
    await buildGuest(folder);
    return await packGuest(folder, isQuick ? 'quick' : 'small');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
