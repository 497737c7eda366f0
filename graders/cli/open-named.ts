/** What a command opens before it runs: the coursework of a name, the backends and the sandbox that this machine has. */
import type { Backend, SandboxLevel, StatedContainment } from '../model/guest.ts';
import type { Coursework } from '../coursework.ts';
import { listCourseworks, openCoursework } from '../coursework.ts';
import { assignmentFolder } from '../assignment/find-assignments.ts';
import { findNative, requireNative } from '../runtimes/node/native.ts';
import { bestLevel } from '../sandbox/doctor/best-level.ts';
import { levelLabel, refuseLevel } from '../sandbox/doctor/levels.ts';
import { UserError } from './exit-codes.ts';

/** Refuses, in a sentence that says what to do, a backend that this machine does not have. */
export async function assertBackend(backend: Backend): Promise<void> {
  if (backend !== 'node') return;
  await requireNative().catch((error: Error) => {
    throw new UserError(error.message);
  });
}

/** `wasm,cpu,node` as a list; without a text every backend that this machine has. */
export async function chooseBackends(text: string | undefined): Promise<Backend[]> {
  if (text === undefined) return (await findNative()) ? ['wasm', 'cpu', 'node'] : ['wasm', 'cpu'];
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  const unknown = names.filter((name) => !['wasm', 'cpu', 'node'].includes(name));
  if (unknown.length > 0)
    throw new UserError(`There is no backend ${unknown.join(', ')}; there are wasm, cpu and node.`);
  const backends = names as Backend[];
  for (const backend of backends) await assertBackend(backend);
  return backends;
}

/** Opens the coursework of this name, shipped or from the given folders. */
export async function openNamed(slug: string, folders: readonly string[]): Promise<Coursework> {
  return openCoursework(assignmentFolder(await listCourseworks(folders), slug));
}

const STATE_IT = ' In a container that holds one submission and nothing else, state so with --contained-by container.';

/** The level, and what is stated to contain the program where the level does not isolate; where it does, that is what counts. */
export async function chooseContained({
  allowUnsafe,
  containedBy,
}: {
  allowUnsafe?: boolean;
  containedBy?: StatedContainment;
}): Promise<{ level: SandboxLevel; containedBy?: StatedContainment }> {
  if (containedBy === undefined) return { level: await chooseLevel(allowUnsafe === true, STATE_IT) };
  const level = await bestLevel();
  if (refuseLevel(level, false) === undefined) return { level };
  process.stderr.write(
    `Sandbox: level ${level}; the ${containedBy} is the wall around this submission, as you state.\n`,
  );
  return { level, containedBy };
}

/** The best level of this machine, refused when it is too weak for others' code in a sentence that ends with what else one may do. */
export async function chooseLevel(allowUnsafe: boolean, otherwise = ''): Promise<SandboxLevel> {
  const level = await bestLevel();
  const refusal = refuseLevel(level, allowUnsafe);
  if (refusal !== undefined) throw new UserError(`${refusal}${otherwise}`);
  if (level === 'C' || level === 'D') process.stderr.write(`Sandbox: ${levelLabel(level)}. See "gradmark doctor".\n`);
  return level;
}
