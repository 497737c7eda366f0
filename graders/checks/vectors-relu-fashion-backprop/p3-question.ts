/** Problem 3 C and D: a ReLU network with one input, on paper and as the function `reluNetGrads`. */
import { arrayOf } from '../../numerics/arrays.ts';
import type { Question } from '../../question.ts';
import { arrayFrom, fieldOf, inWords, record } from '../../values.ts';
import { numbersByHand, readNumbers } from '../../kinds/hand-numbers-question.ts';

/** One input, ReLU units and a linear output, and where its derivatives are asked for. */
export interface ReluProbe {
  net: { wH: number[]; bH: number[]; wO: number[]; bO: number };
  x: number;
}

const units = 4;

const byHand = (key: string, title: string, shapes: Record<string, number[]>): Question<ReluProbe> =>
  numbersByHand({ id: `P3.${key}`, title, describe: ({ x }) => `"${key}" in answers.json, at x = ${x}` }, key, shapes);

export const forwardQuestion = byHand('forward', 'Forward pass at x = 2', { zbar: [units], z: [units], f: [] });

export const partialsQuestion = byHand('partials', 'Partial derivatives at x = 2', {
  dwO: [units],
  dbO: [],
  dwH: [units],
  dbH: [units],
});

export const functionQuestion: Question<ReluProbe> = {
  id: 'P3D.reluNetGrads',
  title: 'Partial derivatives of a ReLU network',
  precision: 'double',
  describe: ({ net, x }) => `${net.wH.length} hidden units, x = ${x}`,
  async ask(guest, { net: { wH, bH, wO, bO }, x }) {
    const entries = { wH: arrayOf(wH), bH: arrayOf(bH), wO: arrayOf(wO), bO };
    return {
      value: (await guest.call({ module: 'p3d', name: 'reluNetGrads' }, [{ kind: 'record', entries }, x])).value,
    };
  },
  read({ value }, { net }) {
    const each = [net.wH.length];
    const shapes = { dwO: each, dbO: [], dwH: each, dbH: each };
    const entries = Object.fromEntries(Object.keys(shapes).map((name) => [name, arrayFrom(fieldOf(value, name))]));
    if (Object.values(entries).some((entry) => entry !== undefined)) {
      return readNumbers({ value: record(entries) }, shapes);
    }
    const says = 'reluNetGrads should return { dwO, dbO, dwH, dbH }.';
    return { misread: { says, yours: inWords(value) } };
  },
  write: (answer) => record({ ...answer, dbO: answer['dbO']!.data[0]! }),
};
