/** The layers of the regression network: dense ones of the asked widths, and nothing in between that the sheet does not ask for. */
import type { CheckContext, Judgement } from '../../check.ts';
import { fail, pass } from '../../check.ts';
import { addedTo } from '../../added-layers.ts';
import type { Finding } from '../../model/finding.ts';
import type { NetworkDescription } from '../../model/network.ts';
import { inWords, isHandle } from '../../values.ts';
import { units } from './q1b-question.ts';
import { ProgramStopped } from '../../stopped.ts';

/** The model of buildModel(features), as it describes itself. */
const described = (context: CheckContext, features: number): Promise<NetworkDescription> =>
  context.oncePerSubmission(`q1b.described/${features}`, async () => {
    const guest = await context.guest();
    const { value } = await guest.call({ module: 'q1b', name: 'buildModel' }, [features], { keep: 'handle' });
    if (isHandle(value)) return guest.describe(value.id);
    throw new ProgramStopped('crash', `buildModel returned ${inWords(value)}, not a model.`);
  });

export async function judgeLayers(context: CheckContext): Promise<Judgement> {
  const finding = (await otherLayers(context)) ?? (await addedLayers(context));
  return finding === undefined ? pass() : fail(finding);
}

/** What is wrong with the widths of the dense layers, the parameters or the inputs. */
export async function otherLayers(context: CheckContext): Promise<Finding | undefined> {
  for (const features of [13, 7]) {
    const model = await described(context, features);
    const dense = model.layers.filter((layer) => layer.kind === 'dense').map((layer) => layer.units);
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

async function addedLayers(context: CheckContext): Promise<Finding | undefined> {
  const added = addedTo(await described(context, 13));
  if (added.length === 0) return undefined;
  return {
    says: 'The model holds more than the dense layers that are asked for.',
    yours: added.join(', '),
    hint: 'Build the three dense layers alone: dropout and penalties on the weights change what is trained.',
  };
}
