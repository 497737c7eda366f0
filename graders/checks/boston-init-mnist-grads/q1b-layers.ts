/** The layers of the regression network: dense ones of the asked widths, and nothing in between that the sheet does not ask for. */
import type { Desk, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { addedTo } from '../../added-layers.ts';
import type { Finding, ModelDescription } from '../../model.ts';
import { inWords, isHandle } from '../../values.ts';
import { units } from './q1b-question.ts';
import { ProgramStopped } from '../../stopped.ts';

/** The model of buildModel(features), as it describes itself. */
const described = (desk: Desk, features: number): Promise<ModelDescription> =>
  desk.share(`q1b.described/${features}`, async () => {
    const guest = await desk.guest();
    const { value } = await guest.call({ module: 'q1b', name: 'buildModel' }, [features], { keep: 'handle' });
    if (isHandle(value)) return guest.describe(value.id);
    throw new ProgramStopped('crash', `buildModel returned ${inWords(value)}, not a model.`);
  });

export async function judgeLayers(desk: Desk): Promise<Judgement> {
  const finding = (await otherLayers(desk)) ?? (await addedLayers(desk));
  return finding === undefined ? pass() : fail(finding);
}

/** What is wrong with the widths of the dense layers, the parameters or the inputs. */
export async function otherLayers(desk: Desk): Promise<Finding | undefined> {
  for (const features of [13, 7]) {
    const model = await described(desk, features);
    const dense = model.layers.filter((layer) => layer.className === 'Dense').map((layer) => layer.config['units']);
    const parameters = features * 32 + 32 + 32 * 16 + 16 + 16 + 1;
    if (dense.join() === units.join() && model.parameters === parameters && model.inputShape.at(-1) === features)
      continue;
    return {
      says: `buildModel(${features}) has other layers than asked.`,
      yours: `input ${model.inputShape.slice(1).join('×')}, dense layers ${dense.map(String).join('–') || 'none'}, ${model.parameters} parameters`,
      expected: `input ${features}, dense layers ${units.join('–')}, ${parameters} parameters`,
    };
  }
  return undefined;
}

async function addedLayers(desk: Desk): Promise<Finding | undefined> {
  const added = addedTo(await described(desk, 13));
  if (added.length === 0) return undefined;
  return {
    says: 'The model holds more than the dense layers that are asked for.',
    yours: added.join(', '),
    hint: 'Build the three dense layers alone: dropout and penalties on the weights change what is trained.',
  };
}
