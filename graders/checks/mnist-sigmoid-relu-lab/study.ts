/**
 * Where the prescribed trainings end: final test accuracies of twenty runs each on the given images, one for each seed
 * from 0. They are a fact about the data and the settings, so no class has to wait for them; study.test.ts repeats some.
 */
interface Study {
  hidden: 'sigmoid' | 'relu';
  eta: number;
  initSd: number;
  /** After 15 epochs. */
  ends: readonly number[];
}

const sigmoid = { hidden: 'sigmoid', initSd: 0.1 } as const;
const relu = { hidden: 'relu', initSd: 0.05 } as const;

export const studies: readonly Study[] = [
  {
    ...sigmoid,
    eta: 0.05,
    ends: [
      0.962, 0.974, 0.97, 0.978, 0.972, 0.976, 0.976, 0.98, 0.976, 0.97, 0.968, 0.98, 0.97, 0.974, 0.978, 0.976, 0.972,
      0.98, 0.962, 0.976,
    ],
  },
  {
    ...sigmoid,
    eta: 0.005,
    ends: [
      0.932, 0.94, 0.934, 0.93, 0.932, 0.93, 0.938, 0.928, 0.936, 0.932, 0.938, 0.936, 0.926, 0.94, 0.932, 0.922, 0.928,
      0.932, 0.932, 0.94,
    ],
  },
  {
    ...sigmoid,
    eta: 0.5,
    ends: [
      0.08, 0.1, 0.082, 0.126, 0.08, 0.1, 0.12, 0.08, 0.078, 0.116, 0.082, 0.116, 0.126, 0.08, 0.078, 0.08, 0.08, 0.12,
      0.08, 0.082,
    ],
  },
  {
    ...relu,
    eta: 0.005,
    ends: [
      0.97, 0.978, 0.968, 0.972, 0.972, 0.97, 0.97, 0.972, 0.97, 0.974, 0.976, 0.97, 0.95, 0.976, 0.974, 0.97, 0.982,
      0.976, 0.968, 0.974,
    ],
  },
  { ...relu, eta: 0.05, ends: new Array<number>(20).fill(0.126) },
];
