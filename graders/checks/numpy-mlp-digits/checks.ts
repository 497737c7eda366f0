/** Every check of this coursework. */
import type { Check } from '../../check.ts';
import { checks as cce } from './cce.ts';
import { listChecks, vectorChecks } from './data.ts';
import { checks as layer } from './layer.ts';
import { checks as newLayer } from './layer-init.ts';
import { checks as minibatches } from './minibatches.ts';
import { backwardChecks, forwardChecks } from './mlp.ts';
import { checks as newNetwork } from './mlp-init.ts';
import { checks as outstanding } from './outstanding.ts';
import { checks as images } from './plot-images.ts';
import { checks as sigmoid } from './sigmoid.ts';
import { checks as softmax } from './softmax.ts';
import { checks as training } from './training.ts';

const data = [...listChecks, ...images, ...vectorChecks, ...minibatches];

export const checks: Check[] = [
  ...data,
  ...sigmoid,
  ...softmax,
  ...newLayer,
  ...layer,
  ...newNetwork,
  ...forwardChecks,
  ...cce,
  ...backwardChecks,
  ...training,
  ...outstanding,
];
