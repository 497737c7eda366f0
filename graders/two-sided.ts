/**
 * A backward pass has two ways to be right: it is the gradient that is asked for, or it is the gradient of the student's own
 * forward pass, which is wrong and has already lost its marks. The second is seen by finite differences of that forward
 * pass. It counts only where the forward pass is an attempt that is no easier to differentiate than the right one.
 */
import type { CheckContext, Judgement } from './check.ts';
import { pass } from './check.ts';
import type { Evaluation } from './evaluate.ts';
import { evaluate, inDouble } from './evaluate.ts';
import type { Guest, Precision } from './model/guest.ts';
import type { NdArray } from './model/numbers.ts';
import type { NamedArrays } from './numerics/arrays.ts';
import { sizeOf } from './numerics/arrays.ts';
import { along, probeDirection } from './numerics/finite-difference.ts';
import type { Random } from './numerics/random.ts';
import { fitScale } from './numerics/scale.ts';
import type { Problem } from './problem.ts';
import type { Answered } from './question.ts';
import { unlessStopped } from './stopped.ts';

/** One number that the student's own forward pass gives, and what their backward pass says of it. */
export interface OwnLoss {
  /** In double precision, at other inputs: one remote call. */
  at(inputs: NamedArrays): Promise<number>;
  inputs: NamedArrays;
  /** The student's gradient under the names of the inputs. */
  gradient: NamedArrays;
  /** The gradient of the right forward pass. */
  right: NamedArrays;
  random: Random;
  /** Of the forward pass; double by default. */
  precision?: Precision;
}

/**
 * Differences of float64 losses carry nine digits: h² truncation against rounding/h, measured for small networks. Those of
 * float32 losses carry three, which is what there is where a program stops in the grader's double precision.
 */
const differences: Readonly<Record<Precision, { step: number; agrees: number }>> = {
  double: { step: 1e-4, agrees: 1e-5 },
  single: { step: 1e-2, agrees: 5e-3 },
};
const directions = 3;

/**
 * Whether the gradient is the gradient of the student's own loss, tensor by tensor: ⟨g, v⟩ against (L(θ+hv) − L(θ−hv)) / 2h
 * along directions v of unequal magnitudes, relative to the tensor's own size ‖g‖/√n.
 */
export async function isGradientOfOwnLoss(own: OwnLoss): Promise<boolean> {
  const { step, agrees } = differences[own.precision ?? 'double'];
  for (const [name, array] of Object.entries(own.inputs)) {
    const gradient = own.gradient[name];
    if (gradient === undefined || gradient.data.length !== array.data.length) return false;
    const size = Math.hypot(...gradient.data) / Math.sqrt(sizeOf(array.shape));
    for (let i = 0; i < directions; i++) {
      const { v, at } = alongOwn(own, name, `${name} ${i}`);
      const numeric = ((await at(step)) - (await at(-step))) / (2 * step);
      const analytic = gradient.data.reduce((sum, value, j) => sum + value * v[j]!, 0);
      if (!(Math.abs(numeric - analytic) <= agrees * Math.max(size, Math.abs(numeric)))) return false;
    }
  }
  return true;
}

function alongOwn({ inputs, random, at }: OwnLoss, name: string, stream: string) {
  const array = inputs[name]!;
  const v = probeDirection(sizeOf(array.shape), random.fork(stream));
  return { v, at: (t: number) => at({ ...inputs, [name]: { ...array, data: along(array.data, v, t) } }) };
}

/** How a forward pass runs: smoothly curved, straight with kinks as a rectifier, or straight. */
export type Form = 'curved' | 'bent' | 'straight';

/** A small step shows curvature and a large one kinks; both are shares of the slope, and rounding stays below 1e-9. */
const bends = { curved: { step: 1e-3, least: 1e-6 }, bent: { step: 4, least: 1e-2 } };

/** Second difference over first difference along one direction; 0 where nothing moves. */
async function bendOf(own: OwnLoss, name: string, step: number): Promise<number> {
  const { at } = alongOwn(own, name, `${name} bend`);
  const [below, here, above] = [await at(-step), await at(0), await at(step)];
  const second = Math.abs(above + below - 2 * here);
  return second === 0 ? 0 : second / Math.abs(above - below);
}

/** Whether the student's forward pass has the form of the right one: what is straight instead is too easy to differentiate. */
async function hasForm(own: OwnLoss, form: Form): Promise<boolean> {
  if (form === 'straight') return true;
  for (const name of Object.keys(own.inputs)) {
    const curved = (await bendOf(own, name, bends.curved.step)) > bends.curved.least;
    if (form === 'curved' ? !curved : curved) return false;
    if (form === 'bent' && !((await bendOf(own, name, bends.bent.step)) > bends.bent.least)) return false;
  }
  return true;
}

/** A gradient this unlike the right one, on average over the probes, belongs to some other function. */
const alike = 0.5;

const isZero = ({ data }: NdArray): boolean => data.every((value) => value === 0);

/** The mean cosine between the student's gradient and the right one. Where that vanishes, as a rectifier's does, nothing is alike. */
function likenessOf(losses: readonly OwnLoss[], name: string): number {
  const telling = losses.filter(({ right }) => !isZero(right[name]!));
  const cosines = telling.map(({ gradient, right }) => fitScale(gradient[name]!, right[name]!)?.cosine ?? 0);
  return Math.abs(cosines.reduce((sum, value) => sum + value, 0)) / Math.max(1, cosines.length);
}

/** A forward and a backward pass that belong together, as problems. */
export interface Sides<B, F> {
  backward: Problem<B>;
  forward: Problem<F>;
  /** The tensor of the forward pass. */
  output: string;
  /** How the right forward pass runs. */
  form: Form;
  /** What the gradients at stake are taken with respect to, under the names that they have in the backward pass. */
  inputs(probe: B): NamedArrays;
  /** The question to the forward pass at these inputs. */
  at(probe: B, inputs: NamedArrays): F;
  /** ∂L/∂output, constant: L = ⟨upstream, output⟩. `output` is the student's own. */
  upstream(probe: B, output: NdArray): NdArray;
  /** Asks the backward pass where it has to be told the student's own output. */
  ask?(guest: Guest, probe: B, output: NdArray): Promise<Answered>;
  /** Where the forward pass has lost its marks, e.g. "2.2". */
  paidIn: string;
}

/**
 * The judgement of a backward check on both sides: as it is when the oracle agrees; full marks with an explanation when the
 * backward pass is right for the student's own wrong forward pass; otherwise what the oracle says.
 */
export async function judgeBothSides<B, F>(
  context: CheckContext,
  byOracle: Judgement,
  sides: Sides<B, F>,
): Promise<Judgement> {
  if (byOracle.earned === 1) return byOracle;
  const followsIn = async (precision: Precision): Promise<boolean> => {
    const forward = await evaluate(context, sides.forward);
    if (forward.tensors[sides.output]!.accepted) return false;
    const losses: OwnLoss[] = [];
    for (const probe of context.probes(sides.backward)) {
      const own = await ownLoss(context, probe, sides, precision);
      if (own === undefined || !(await isGradientOfOwnLoss(own))) return false;
      losses.push(own);
    }
    return isFollowed(losses, isRecognised(forward), sides.form);
  };
  return unlessStopped(async () => {
    const inDoublePrecision = await inDouble(() => followsIn('double'));
    const told = typeof inDoublePrecision === 'boolean' ? {} : inDoublePrecision;
    const follows = typeof inDoublePrecision === 'boolean' ? inDoublePrecision : await followsIn('single');
    return follows ? pass({ followThrough: ownForward(sides.paidIn), ...told }) : { ...byOracle, ...told };
  }, byOracle);
}

const ownForward = (task: string) =>
  `It is the right gradient of your own forward pass (checked by finite differences), whose mistake is paid for in ${task}.`;

/** Whether these are gradients of an attempt at the task: not zeros, like the right ones or known, and of their form. */
export async function isFollowed(losses: readonly OwnLoss[], recognised: boolean, form: Form): Promise<boolean> {
  const names = Object.keys(losses[0]?.inputs ?? {});
  if (!names.every((name) => losses.some(({ gradient }) => !isZero(gradient[name]!)))) return false;
  if (!recognised && !names.every((name) => likenessOf(losses, name) >= alike)) return false;
  // A single probe can be out of luck, e.g. where a term of the loss vanishes.
  for (const own of losses) if (await hasForm(own, form)) return true;
  return false;
}

const isRecognised = ({ diagnosis }: Evaluation): boolean =>
  diagnosis !== undefined && (diagnosis.certainty === 'certain' || diagnosis.certainty === 'consistent');

async function ownLoss<B, F>(
  context: CheckContext,
  probe: B,
  sides: Sides<B, F>,
  precision: Precision,
): Promise<OwnLoss | undefined> {
  const { backward, forward, ask } = sides;
  const outputAt = async (inputs: NamedArrays): Promise<NdArray | undefined> => {
    const question = sides.at(probe, inputs);
    const reading = forward.read(await context.ask(forward, question, { precision }), question);
    return 'answer' in reading ? reading.answer[sides.output] : undefined;
  };
  const inputs = sides.inputs(probe);
  const output = await outputAt(inputs);
  if (output === undefined) return undefined;
  const upstream = sides.upstream(probe, output);
  const answered =
    ask === undefined
      ? await context.ask(backward, probe, { precision })
      : await ask(await context.guest({ precision }), probe, output);
  const reading = backward.read(answered, probe);
  if (!('answer' in reading) || Object.keys(inputs).some((name) => reading.answer[name] === undefined))
    return undefined;
  return {
    at: async (moved) => {
      const y = await outputAt(moved);
      return y?.data.length === upstream.data.length ? y.data.reduce((s, v, i) => s + v * upstream.data[i]!, 0) : NaN;
    },
    inputs,
    gradient: reading.answer,
    right: backward.oracle(probe),
    precision,
    random: context.random(`both sides of ${backward.id}`),
  };
}
