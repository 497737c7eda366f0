/** How the library names the mean absolute error among the metrics of a compiled model, however it was asked for it. */
import type { Value } from '../model/guest.ts';

export const isMeanAbsoluteError = (name: Value): boolean =>
  typeof name === 'string' && /^(mae|meanAbsoluteError)[$\d]*$/i.test(name);
