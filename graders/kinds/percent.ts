/** Accuracies of a script, which prints and plots them as it likes: in percent as well as as shares. */

/** These as shares of 1: one that is larger shows that all of them are in percent. */
export const asShares = (accuracies: readonly number[]): number[] =>
  accuracies.some((one) => one > 1) && accuracies.every((one) => one >= 0 && one <= 100)
    ? accuracies.map((one) => one / 100)
    : [...accuracies];
