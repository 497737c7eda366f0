/** A matrix of weights that a function draws for so many inputs and units, by its law: activations cannot tell two laws apart. */
import type { Drawn, DrawsTable } from './draws-question.ts';
import { dependence, withDependence } from './draws-question.ts';
import { makeArray, sameShape, shapeText } from '../numerics/arrays.ts';
import { lawsAnswer, lawsOf, readLaws, sampleOf } from '../numerics/sample-laws.ts';
import { inWords, isArray } from '../values.ts';

export interface MatrixProbe extends Drawn {
  fanIn: number;
  fanOut: number;
  rule: 'glorot' | 'he' | 'lecun';
  law: 'normal' | 'uniform';
}

/** Weights of shape [in, out] drawn by the function of this name. */
export const matrixDraws = ({
  id,
  unit,
  name,
}: {
  id: string;
  unit: string;
  name: string;
}): DrawsTable<MatrixProbe> => ({
  id,
  title: `Weights of ${name}`,
  unit,
  name,
  sends: ({ fanIn, fanOut }) => [makeArray([2], [fanIn, fanOut])],
  describe: ({ fanIn, fanOut }) => `${name}([${fanIn}, ${fanOut}]): ${fanIn * fanOut} weights`,
  read([check, confirm], { fanIn, fanOut }, known) {
    if (!isArray(check) || !isArray(confirm)) {
      return { misread: { says: `${name} should return a tf.Variable.`, yours: inWords(check) } };
    }
    if (![check, confirm].every(({ shape }) => sameShape(shape, [fanIn, fanOut]))) {
      const says = `${name} returns weights of another shape.`;
      return { misread: { says, yours: shapeText(check.shape), expected: shapeText([fanIn, fanOut]) } };
    }
    const laws = readLaws([{ check: check.data, confirm: confirm.data }], known.map(lawsOf));
    const fault = dependence(`The weights of ${name}`, [check.data, confirm.data]);
    const asked = check.container === 'variable';
    return withDependence(
      lawsAnswer(laws),
      fault,
      asked ? [] : [`${name} returns a tensor; the sheet asks for a tf.Variable.`],
    );
  },
  planted: (answer, { fanIn, fanOut }, random) =>
    makeArray([fanIn, fanOut], sampleOf(lawsOf(answer)[0]!, fanIn * fanOut, random), {
      container: 'variable',
      dtype: 'float32',
    }),
});
