/** Which tasks are in plain numbers; Problem 4 may use the library. */
import { judgedInPlainNumbers } from '../../kinds/plain-numbers.ts';

export const inPlainNumbers = judgedInPlainNumbers({
  units: ['p1b', 'p2a', 'p2b', 'p3d', 'p5q1', 'p5q2', 'p5q3', 'p5q4'],
  mayUseLibrary: /(^|\/)p4[a-g]\.\w+$/,
});
