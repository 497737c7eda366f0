/** T1: a function and its gradient. */

/** A number, a list of numbers, or a matrix. */
export type Numbers = number | Numbers[];

/** tanh of every number of x, in the shape of x. */
export function tanh(x: Numbers): Numbers {
  throw new Error(`T1 is not implemented yet: tanh(${String(x)})`);
}

/** The gradient with respect to x, given dy, the gradient with respect to tanh(x); both have the shape of x. */
export function tanhGrad(x: Numbers, dy: Numbers): Numbers {
  throw new Error(`T1 is not implemented yet: tanhGrad(${String(x)}, ${String(dy)})`);
}
