/** Questions 3c and 3d: gradients of the last layer, of any batch and of the first 16 rows of one. */
import { gradientsQuestion, namedGradientsQuestion } from '../../kinds/model-gradients-question.ts';

export const gradsQuestion = gradientsQuestion({
  id: 'q3c.grads',
  title: 'Gradient of the loss with respect to the weights and bias of the last layer',
  unit: 'q3c',
  name: 'grads',
});

export const first16Question = namedGradientsQuestion(
  { id: 'q3d.first16', title: 'Gradients on the first 16 examples', unit: 'q3d', name: 'first16' },
  ['gradsW2', 'gradsB2'],
);
