/** Sigmoid and softmax of the given code, and the rectifier of T4, each with its derivative where the function gives it. */
import { matrixQuestion } from '../../kinds/elementwise-question.ts';

const own = { unit: 'own', name: 'fSigmoid' };
const t4 = { unit: 't4', name: 'fRelu' };

export const asked = {
  sigmoid: matrixQuestion({ id: '0.sigmoid', title: 'The sigmoid', ...own }),
  sigmoidSlope: matrixQuestion({ id: '0.sigmoid-slope', title: 'The derivative of the sigmoid', ...own }, true),
  softmax: matrixQuestion({ id: '0.softmax', title: 'The softmax of every row', unit: 'own', name: 'fSoftmax' }),
  relu: matrixQuestion({ id: 'T4.relu', title: 'The rectifier', ...t4 }),
  reluSlope: matrixQuestion({ id: 'T4.slope', title: 'The derivative of the rectifier', ...t4 }, true),
};
