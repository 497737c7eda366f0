/** The functions of Problem 4 that the others build on. */
import type { OwnClassifier } from '../../kinds/own-classifier.ts';

export const fashion: OwnClassifier = {
  loaders: { module: 'p4a', name: 'loaders' },
  model: { module: 'p4b', name: 'buildFashionModel' },
  batches: { module: 'batches', name: 'fixedBatches' },
};
