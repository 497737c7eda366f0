/** Sessions for tests: real sandboxes at the best level of this machine, from TypeScript texts. */
import { transformSync } from 'esbuild';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Account } from '../../model/account.ts';
import type { Limits } from '../../model/assignment.ts';
import type { Precision, Backend, Value } from '../../model/guest.ts';
import type { NdArray } from '../../model/numbers.ts';
import type { LaunchOptions } from './launch.ts';
import { bestLevel } from '../doctor/best-level.ts';
import { openSession, type Session } from './session.ts';
import { stageNode } from '../../runtimes/node/stage-node.ts';

export interface Wanted {
  backend?: Backend;
  precision?: Precision;
  limits?: Partial<Limits>;
  imports?: string[];
  seed?: number;
  account?: Account;
  /** The program finds Node's own process, as one would that had got around what stands for it: for the walls behind that. */
  keepProcess?: boolean;
}

export const launchOptions = async ({
  backend = 'cpu',
  precision = 'single',
  limits,
  keepProcess = false,
}: Wanted = {}): Promise<LaunchOptions> => ({
  runtime: await stageNode(backend, { keepProcess }),
  level: await bestLevel(),
  limits: { callMs: 10_000, submissionMs: 60_000, memoryMb: 700, ...limits },
  precision,
  backend,
});

export const compile = (files: Record<string, string>) =>
  Object.entries(files).map(([path, text]) => {
    const supported = { 'dynamic-import': false };
    const options = { loader: 'ts', format: 'cjs', sourcemap: 'external', sourcefile: path, supported } as const;
    return { path, ...transformSync(text, options) };
  });

const openFor = async (files: Record<string, string>, wanted: Wanted = {}) =>
  openSession({
    launch: await launchOptions(wanted),
    modules: compile(files),
    imports: wanted.imports ?? ['@tensorflow/tfjs'],
    ...(wanted.seed !== undefined && { seed: wanted.seed }),
    ...(wanted.account && { account: wanted.account }),
  });

/** Opens sessions that are closed after each test; one text alone is `q.ts`. */
export function sessions(): (files: string | Record<string, string>, wanted?: Wanted) => Promise<Session> {
  const open: Session[] = [];
  afterEach(() => Promise.all(open.splice(0).map((session) => session.close())));
  return async (files, wanted) => {
    const session = await openFor(typeof files === 'string' ? { 'q.ts': files } : files, wanted);
    open.push(session);
    return session;
  };
}

/** One session for all tests of a describe block, where none of them ends it. */
export function sharedSession(files: Record<string, string>, wanted?: Wanted): () => Session {
  let session: Session;
  beforeAll(async () => {
    session = await openFor(files, wanted);
  });
  afterAll(() => session.close());
  return () => session;
}

export const array = (
  data: readonly number[],
  shape: readonly number[] = [data.length],
  container: NdArray['container'] = 'tensor',
  dtype: NdArray['dtype'] = 'float32',
): NdArray => ({ kind: 'array', container, dtype, shape, data: Float64Array.from(data) });

/** The one id of a handle value. */
export function idOf(value: Value): number {
  if (typeof value === 'object' && value?.kind === 'handle') return value.id;
  throw new Error(`no handle: ${JSON.stringify(value)}`);
}
