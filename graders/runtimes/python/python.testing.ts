/** Sessions in Python for tests: the real box, and the interpreter of this machine where it has numpy. */
import { afterAll, beforeAll } from 'vitest';
import type { Contract } from '../../model/contract.ts';
import { bestLevel } from '../../sandbox/doctor/best-level.ts';
import type { LaunchOptions } from '../../sandbox/session/launch.ts';
import { openSession, type Session } from '../../sandbox/session/session.ts';
import { setUpEnvironment } from './environment.ts';
import { findPython } from './find-python.ts';
import { stagePython } from './stage-python.ts';

/** Why programs in Python cannot be run here; undefined where they can. Said loudly, so that nobody takes skipping for passing. */
export const withoutPython: string | undefined = await findPython(['numpy']).then(
  () => undefined,
  (error: Error) => error.message,
);
if (withoutPython !== undefined) console.error(`TESTS OF PYTHON ARE SKIPPED: ${withoutPython}`);

/** Why programs in a tensor library cannot be run here; undefined where they can. */
const without = async (library: string, called: string): Promise<string | undefined> => {
  const because = await setUpEnvironment(['numpy', library])
    .then((environment) => findPython(['numpy', library], environment))
    .then(
      () => undefined,
      (error: Error) => error.message,
    );
  if (because !== undefined) console.error(`TESTS OF ${called} ARE SKIPPED: ${because}`);
  return because;
};

export const withoutTorch = await without('torch', 'PYTORCH');
export const withoutTensorFlow = await without('tensorflow', 'TENSORFLOW');

const limits = { callMs: 10_000, submissionMs: 60_000, memoryMb: 700 };

export const pythonLaunch = async (packages: readonly string[] = ['numpy']): Promise<LaunchOptions> => ({
  runtime: await stagePython(packages),
  level: await bestLevel(),
  limits,
  precision: 'double',
  backend: 'cpu',
});

/** Beside a tensor library that is set up, in single precision, with the time that it takes; for a class or for one program. */
export const besideLibrary = async (packages: readonly string[], forMany = false): Promise<LaunchOptions> => ({
  runtime: await stagePython(packages, await setUpEnvironment(packages), forMany),
  level: await bestLevel(),
  limits: { callMs: 60_000, submissionMs: 600_000, memoryMb: 700 },
  precision: 'single',
  backend: 'cpu',
});

/** The same for a process that is copied, as it is beside a tensor library. */
export async function copiedLaunch(packages: readonly string[] = ['numpy'], many = 16): Promise<LaunchOptions> {
  const plain = await pythonLaunch(packages);
  const { runtime } = plain;
  const copies = { many, args: ['--copies'] };
  return { ...plain, runtime: { ...runtime, processFor: (wanted) => ({ ...runtime.processFor(wanted), copies }) } };
}

/** One session for all tests of a block. */
export function sharedPython(
  files: Record<string, string>,
  contract: Pick<Contract, 'names' | 'provides'> = { names: {} },
  asked: string[] = [],
  launchOf: () => Promise<LaunchOptions> = pythonLaunch,
): () => Session {
  let session: Session;
  beforeAll(async () => {
    session = await openSession({
      launch: await launchOf(),
      modules: Object.entries(files).map(([path, code]) => ({ path, code })),
      imports: ['numpy'],
      contract,
      asked,
    });
  });
  afterAll(() => session.close());
  return () => session;
}
