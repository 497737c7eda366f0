/** A model of dense layers that the student's function builds, as it describes itself: the asked layers, and nothing besides. */
import { addedTo } from '../added-layers.ts';
import type { CheckContext, Judgement } from '../check.ts';
import { fail, pass } from '../check.ts';
import type { Finding } from '../model/finding.ts';
import type { Arg } from '../model/guest.ts';
import type { NetworkDescription } from '../model/network.ts';
import { inWords, isHandle } from '../values.ts';
import type { DenseLayers } from './dense-layers.ts';
import { denseFault } from './dense-layers.ts';
import { builtBy } from './predictions-question.ts';

export interface BuiltModel {
  unit: string;
  builds: string;
  /** What the function is called with, each time, and the layers that it should give. */
  calls: readonly { args: Arg[]; layers: DenseLayers }[];
  /** What is said where it returns something else, if that is no stop of the program but a wrong answer. */
  noModel?: string;
  /** What is said of a model that holds more, and the share that is left of the marks. */
  added: {
    /** As a sentence, or with what is added in it: then all layers of the model are shown beside it. */
    says: string | ((added: string) => string);
    hint: string;
    left: number;
  };
}

const layersAlone = { weights: false };

/** The model of one of the calls, or what is wrong where it gives none. Asked anew each time: what a program draws stays in step. */
async function described(
  context: CheckContext,
  { unit, builds, calls, noModel }: BuiltModel,
  i: number,
): Promise<NetworkDescription | Finding> {
  const guest = await context.guest();
  if (noModel === undefined) return guest.describe(await builtBy(guest, unit, builds, calls[i]!.args), layersAlone);
  const { value } = await guest.call({ module: unit, name: builds }, calls[i]!.args, { keep: 'handle' });
  return isHandle(value) ? guest.describe(value.id, layersAlone) : { says: noModel, yours: inWords(value) };
}

/** What is wrong with the widths of the dense layers, the parameters or the inputs; and the first model, where there is one. */
async function seenIn(
  context: CheckContext,
  asked: BuiltModel,
): Promise<{ other?: Finding; first?: NetworkDescription }> {
  let first: NetworkDescription | undefined;
  for (const [i, { layers }] of asked.calls.entries()) {
    const model = await described(context, asked, i);
    const other = 'says' in model ? model : denseFault(model, layers);
    if (other !== undefined) return { other };
    if (!('says' in model)) first ??= model;
  }
  return { first };
}

export const otherLayers = async (context: CheckContext, asked: BuiltModel): Promise<Finding | undefined> =>
  (await seenIn(context, asked)).other;

/** Dense layers of the asked widths, and nothing beside them that the sheet does not ask for. */
export async function judgeBuilt(context: CheckContext, asked: BuiltModel): Promise<Judgement> {
  const { other, first } = await seenIn(context, asked);
  if (other !== undefined) return fail(other);
  const added = first === undefined ? '' : addedTo(first).join(', ');
  if (first === undefined || added === '') return pass();
  const { says, hint, left } = asked.added;
  return typeof says === 'string'
    ? fail({ says, yours: added, hint }, { earned: left })
    : fail({ says: says(added), yours: first.layers.map(({ named }) => named).join(', '), hint }, { earned: left });
}
