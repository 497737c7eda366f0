/** The positive probe: tfjs inside the sandbox differentiates, and the answer comes back right. */
import type { Backend, SandboxLevel } from '../../model/guest.ts';
import { PROBE_LIMITS } from './probe.ts';
import { openSession, warmGuest, type Session } from '../session/session.ts';
import type { StagedRuntime } from '../stage/stage.ts';

export interface GradientReport {
  ok: boolean;
  /** Milliseconds from the start of the process to the answer. */
  ms: number;
  /** What went wrong, or a remark. */
  said: string;
}

const CODE = `
const tf = require('@tensorflow/tfjs');
exports.slope = (x) => tf.grad((t) => t.mul(t).sum())(x);
`;

/** Asks for ∇Σx² = 2x at (1, −2, 3) on a backend that `runtime` was staged for; never rejects. */
export async function tryGradient(
  level: SandboxLevel,
  runtime: StagedRuntime,
  backend: Backend,
): Promise<GradientReport> {
  const started = performance.now();
  const report = (ok: boolean, said: string) => ({ ok, ms: performance.now() - started, said });
  let session: Session | undefined;
  try {
    const launch = { runtime, level, limits: PROBE_LIMITS, precision: 'single', backend } as const;
    const warm = await warmGuest(launch);
    session = await openSession({
      launch,
      warm,
      modules: [{ path: 'probe.ts', code: CODE }],
      imports: ['@tensorflow/tfjs'],
    });
    const data = Float64Array.of(1, -2, 3);
    const x = { kind: 'array', container: 'tensor', dtype: 'float32', shape: [3], data } as const;
    const { value } = await session.call({ module: 'probe.ts', name: 'slope' }, [x]);
    const got = typeof value === 'object' && value?.kind === 'array' ? [...value.data].join(', ') : 'no tensor';
    if (got !== '2, -4, 6') return report(false, `the gradient of Σx² at (1, −2, 3) came back as ${got}`);
    return report(true, warm.cacheRejected ? 'the code cache of tfjs did not fit: every start takes 60 ms longer' : '');
  } catch (error) {
    return report(false, (error as Error).message);
  } finally {
    await session?.close();
  }
}
