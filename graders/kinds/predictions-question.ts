/** What the student's own model predicts once the grader has set its weights. */
import type { Arg, Guest } from '../model/guest.ts';
import type { NetworkDescription } from '../model/network.ts';
import type { NdArray } from '../model/numbers.ts';
import { canonicalise } from '../numerics/canonical.ts';
import type { Question } from '../question.ts';
import { traced } from '../question.ts';
import { ProgramStopped } from '../stopped.ts';
import { inWords, isArray, isHandle } from '../values.ts';

interface PredictionsTable<Probe> extends Pick<Question<Probe>, 'id' | 'title' | 'names' | 'describe'> {
  unit: string;
  /** The function that builds the model. */
  name: string;
  /** What it is called with, where that is anything. */
  args?(probe: Probe): Arg[];
  /** Name of the tensor in the answer, and its shape. */
  tensor: string;
  shape(probe: Probe): readonly number[];
  weights(probe: Probe): NdArray[];
  /** What is said of a model that stops when it is given these weights, before its own words. */
  refused?: string;
  /** In the shape that the model takes. */
  inputs(probe: Probe, inputShape: readonly (number | null)[]): NdArray;
  /** Set where a model of other layers is told and paid for elsewhere: then it is not given these weights. */
  takesWeights?(model: NetworkDescription): boolean;
  /** Set where rows of one number each are as good as a vector, and not a convention to be noted. */
  unnoted?: true;
}

/** The student's untrained model, kept inside. */
export async function builtBy(guest: Guest, unit: string, name: string, args: Arg[] = []): Promise<number> {
  const { value } = await guest.call({ module: unit, name }, args, { keep: 'handle' });
  if (!isHandle(value)) throw new ProgramStopped('crash', `${name} returned ${inWords(value)}, not a model.`);
  return value.id;
}

/** Sets the weights of a model that is kept inside; one that stops there is told so in words of the task, where there are any. */
export async function giveWeights(guest: Guest, model: number, weights: NdArray[], refused?: string): Promise<void> {
  try {
    await guest.call({ handle: model, method: 'setWeights' }, [{ kind: 'list', items: weights }]);
  } catch (error) {
    if (refused === undefined || !(error instanceof ProgramStopped && error.kind === 'crash')) throw error;
    throw new ProgramStopped('crash', `${refused}: ${error.message}`, error.place);
  }
}

export const predictionsQuestion = traced('kinds/predictions-question#predictionsQuestion')(
  <Probe>(table: PredictionsTable<Probe>): Question<Probe> => ({
    id: table.id,
    title: table.title,
    ...(table.names === undefined ? {} : { names: table.names }),
    precision: 'single',
    describe: table.describe,
    async ask(guest, probe) {
      const model = await builtBy(guest, table.unit, table.name, table.args?.(probe));
      const described = table.takesWeights === undefined ? undefined : await guest.describe(model, { weights: false });
      if (described !== undefined && !table.takesWeights!(described)) return { value: undefined };
      await giveWeights(guest, model, table.weights(probe), table.refused);
      const inputs = table.inputs(probe, described?.inputShape ?? []);
      return { value: (await guest.call({ handle: model, method: 'predict' }, [inputs])).value };
    },
    read({ value }, probe) {
      if (value === undefined && table.takesWeights !== undefined)
        return { misread: { says: 'Only the layers of the sheet take the weights of the grader.' } };
      if (!isArray(value)) return { misread: { says: 'predict should give one tensor.', yours: inWords(value) } };
      const read = canonicalise('the output', value, table.shape(probe), { transposed: 'refuse' });
      if ('misread' in read) return read;
      const notes = read.note === undefined || table.unnoted === true ? [] : [read.note];
      return { answer: { [table.tensor]: read.array }, notes };
    },
    write: (answer) => answer[table.tensor],
  }),
);
