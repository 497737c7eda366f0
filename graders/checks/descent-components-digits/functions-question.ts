/** The functions of Question 1.2: activations, the binary cross-entropy, their derivatives and difference quotients. */
import { differenceQuestion } from '../../kinds/difference-quotient-question.ts';
import { elementwiseQuestion } from '../../kinds/elementwise-question.ts';

export const asked = {
  sigmoid: elementwiseQuestion({ id: '1.2b.sigmoid', title: 'The sigmoid', unit: 'q1-2b', name: 'sigmoid' }),
  sigmoidGrad: elementwiseQuestion({
    id: '1.2b.sigmoidGrad',
    title: 'The derivative of the sigmoid',
    unit: 'q1-2b',
    name: 'sigmoidGrad',
  }),
  sigmoidDifference: differenceQuestion({
    id: '1.2c.difference',
    title: 'The difference quotient of the sigmoid',
    unit: 'q1-2c',
    name: 'sigmoidGradNumerical',
  }),
  relu: elementwiseQuestion({ id: '1.2f.relu', title: 'The rectifier', unit: 'q1-2f', name: 'relu' }),
  reluGrad: elementwiseQuestion({
    id: '1.2f.reluGrad',
    title: 'The derivative of the rectifier',
    unit: 'q1-2f',
    name: 'reluGrad',
  }),
  reluDifference: differenceQuestion({
    id: '1.2f.difference',
    title: 'The difference quotient of the rectifier',
    unit: 'q1-2f',
    name: 'reluGradNumerical',
  }),
  loss: elementwiseQuestion({ id: '1.2k.loss', title: 'The binary cross-entropy', unit: 'q1-2k', name: 'bceLoss' }),
  lossGrad: elementwiseQuestion({
    id: '1.2k.grad',
    title: 'The derivative of the binary cross-entropy',
    unit: 'q1-2k',
    name: 'bceLossGrad',
  }),
  lossDifference: differenceQuestion({
    id: '1.2k.difference',
    title: 'The difference quotient of the binary cross-entropy',
    unit: 'q1-2k',
    name: 'bceLossGradNumerical',
  }),
};
