/** Questions 1.4b and c: Sigmoid and ReLU as layers. 1 mark each. */
import type { Check, Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import type { Answer, Problem } from '../../problem.ts';
import { evaluate, judgeTensor } from '../../evaluate.ts';
import { arrayOf, zipArrays } from '../../numerics/arrays.ts';
import { activationProblems } from './activation-layers.ts';
import type { Batch, Layer } from './activation-layers.ts';
import { callLayer, makeLayer, readNamed, record } from './layer-calls.ts';
import type { Rows } from './layer-calls.ts';
import { followingOwn, ownArray } from './own-answers.ts';

export const checks: Check[] = activationProblems.flatMap(({ layer, forward, backward }): Check[] => [
  {
    id: `${layer.task}.forward`,
    task: layer.task,
    title: `forward is ${layer.own.f} of every number`,
    asks: 'Two mini-batches of different sizes.',
    points: 0.25,
    problems: [forward],
    run: async (desk) =>
      followed(desk, layer, forward, 'y', async (guest, { x }) => {
        const y = await ownArray(guest, { module: layer.own.module, name: layer.own.f }, [arrayOf(x)], sizeOf(x));
        return y && { y };
      }),
  },
  {
    id: `${layer.task}.backward`,
    task: layer.task,
    title: 'backward is dy times the derivative at the input',
    asks: 'Two mini-batches of different sizes with a random dy.',
    points: 0.5,
    problems: [backward],
    run: async (desk) =>
      followed(desk, layer, backward, 'dx', async (guest, { x, dy }) => {
        const slopes = await ownArray(
          guest,
          { module: layer.own.module, name: layer.own.slope },
          [arrayOf(x)],
          sizeOf(x),
        );
        return slopes && { dx: zipArrays(slopes, arrayOf(dy), (slope, gradient) => slope * gradient) };
      }),
  },
  {
    id: `${layer.task}.step`,
    task: layer.task,
    title: 'step can be called and changes nothing',
    asks: 'forward before and after a step.',
    points: 0.25,
    run: (desk) => judgeStep(desk, layer, forward),
  },
]);

const sizeOf = (rows: Rows): readonly number[] => [rows.length, rows[0]!.length];

async function followed(
  desk: Desk,
  layer: Layer,
  problem: Problem<Batch>,
  name: string,
  own: Parameters<typeof followingOwn<Batch>>[4],
): Promise<Judgement> {
  const judgement = judgeTensor(await evaluate(desk, problem), name, name === 'y' ? 'The output' : 'The gradient');
  const says = `It is what your own functions of ${layer.own.task} lead to; a mistake there is paid for there.`;
  return followingOwn(judgement, desk, problem, name, own, says);
}

async function judgeStep(desk: Desk, layer: Layer, forward: Problem<Batch>): Promise<Judgement> {
  const guest = await desk.guest();
  const made = await makeLayer(guest, layer.module, layer.name, []);
  const x = arrayOf(desk.probes(forward)[0]!.x);
  const look = async (): Promise<Answer | undefined> => {
    const reading = readNamed(record({ y: await callLayer(guest, made, 'forward', [x]) }), { y: x.shape }, 'forward');
    return 'answer' in reading && reading.misreads === undefined ? reading.answer : undefined;
  };
  const before = await look();
  await callLayer(guest, made, 'step', [0.1]);
  const after = await look();
  const same = before?.['y'] === undefined || before['y'].data.every((v, i) => Object.is(v, after?.['y']?.data[i]));
  return same ? pass() : fail({ says: 'forward gives other values after a step, though there is nothing to learn.' });
}
