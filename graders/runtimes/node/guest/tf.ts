/** The tensor library as the guest knows it. */
import type * as core from '@tensorflow/tfjs-core';
import type * as layers from '@tensorflow/tfjs-layers';
import type * as data from '@tensorflow/tfjs-data';

export type Tf = typeof core & typeof layers & { data: typeof data };
