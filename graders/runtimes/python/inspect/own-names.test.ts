/** What programs call the things of a sheet, found in texts as they are handed in. */
import { expect, test } from 'vitest';
import type { Assignment } from '../../../model/assignment.ts';
import { withOwnNames } from './own-names.ts';

const names = {
  fRelu: { called: ['f_relu'] },
  Softmax: { called: ['Softmax'], like: 'softmax' },
  softmax: {},
  weightsBackward: { called: ['weights_backward'] },
};
const ownNames = (path: string, text: string) => {
  const assignment = { python: { names } } as unknown as Assignment;
  const { python } = withOwnNames(assignment, [{ path, text }]);
  return Object.fromEntries(Object.entries(python!.names).map(([name, { called }]) => [name, called]));
};

test('capitals and underscores are nobody’s mistake, in a method neither', () => {
  const text = 'def f_ReLu(X):\n    pass\nclass Layer:\n    def weights_Backward(self):\n        pass\n';
  expect(ownNames('own.py', text)).toEqual({
    fRelu: ['f_relu', 'f_ReLu'],
    Softmax: ['Softmax'],
    softmax: undefined,
    weightsBackward: ['weights_backward', 'weights_Backward'],
  });
});

test('a class of the kind stands where none has the name, the last first; a function never stands for a class', () => {
  const source = [
    'class SoftmaxBase:\n',
    '  pass\n',
    'class StableSoftmax(SoftmaxBase):\n',
    '  pass\n',
    'def softmax_of(x): pass',
  ];
  const book = (source: unknown) => JSON.stringify({ cells: [{ cell_type: 'code', source }] });
  const found = ['Softmax', 'StableSoftmax', 'SoftmaxBase'];
  expect(ownNames('own.ipynb', book(source))).toMatchObject({ Softmax: found, softmax: undefined });
  expect(ownNames('own.ipynb', book(source.join('')))).toMatchObject({ Softmax: found, softmax: undefined });
  expect(ownNames('own.py', 'class Softmax: pass\nclass SoftmaxBase: pass')).toMatchObject({ Softmax: ['Softmax'] });
});
