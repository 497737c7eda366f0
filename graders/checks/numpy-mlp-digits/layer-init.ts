/** Question 2.4: what a new layer holds. 5 marks. The numbers are random: their order and their law are free, their size is not. */
import type { Check, CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Arg, Guest } from '../../model/guest.ts';
import type { NdArray } from '../../model/numbers.ts';
import { judgeSmall, judgeUnlike } from '../../kinds/initial-weights.ts';
import type { LayerSizes } from '../../kinds/stored-layer.ts';
import { getLayers } from '../../kinds/stored-layer.ts';
import { make } from '../../kinds/layer-objects.ts';

/** Enough weights that a mean of a tenth of their spread shows (n = 7,415 at α = 1e-6). */
const large: LayerSizes = { inputs: 120, units: 70 };
const small: LayerSizes = { inputs: 7, units: 4 };
/** The sheet says small, e.g. 0.2: half of the range of a sigmoid's argument is no longer small. */
const largestSpread = 0.5;

async function draw(guest: Guest, { inputs, units }: LayerSizes, rng: Arg) {
  const activation = await make(guest, 'Sigmoid');
  const layer = await make(guest, 'MLPLayer', [{ kind: 'handle', id: activation.id }, units, inputs, rng]);
  const [drawn] = await getLayers(guest, layer.id, [{ path: '', inputs, units }]);
  return drawn!;
}

export const checks: Check[] = [
  {
    id: '2.4.shapes',
    task: '2.4',
    title: 'A new layer has weights of shape inputs × units and a bias of zeros',
    asks: 'Two new layers, with 7 inputs and 4 units and with 120 inputs and 70 units.',
    points: 2,
    run: judgeShapes,
  },
  {
    id: '2.4.spread',
    task: '2.4',
    title: 'The weights are small random numbers around 0',
    asks: 'Mean and standard deviation of the 8,400 weights of a new layer.',
    points: 2,
    run: judgeSpread,
  },
  {
    id: '2.4.different',
    task: '2.4',
    title: 'Units differ from each other, and so do layers',
    asks: 'The columns of one layer, and two layers drawn one after the other.',
    points: 1,
    run: judgeDifferent,
  },
];

async function judgeShapes(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const notes = new Set<string>();
  for (const [i, sizes] of [small, large].entries()) {
    const { W, b, absorbed, transposed } = await draw(guest, sizes, { kind: 'rng', seed: 40 + i });
    const at = b.data.findIndex((value) => value !== 0);
    if (at >= 0 && isZeroRow(W, sizes.units)) {
      return fail({
        says: 'The first row of the weights is 0, as if it were the bias.',
        expected: 'the bias as a field of its own, `bias`, or as the last row of the weights',
      });
    }
    if (at >= 0) {
      return fail({ says: 'The bias of a new layer is not 0.', yours: `bias ${at} is ${b.data[at]}`, expected: '0' });
    }
    if (absorbed) notes.add('The bias is the last row of the weights.');
    if (transposed) notes.add('Weights are stored as units×inputs.');
  }
  return pass({ notes: [...notes] });
}

const isZeroRow = ({ data }: NdArray, units: number): boolean => data.subarray(0, units).every((v) => v === 0);

async function judgeSpread(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const drawn = async (seed: number) => (await draw(guest, large, { kind: 'rng', seed })).W;
  return judgeSmall(await drawn(50), () => drawn(51), largestSpread);
}

async function judgeDifferent(context: CheckContext): Promise<Judgement> {
  const guest = await context.guest();
  const rng = await guest.make({ kind: 'rng', seed: 60 });
  const [first, second] = [await draw(guest, large, rng), await draw(guest, large, rng)];
  return judgeUnlike(first.W, second.W);
}
