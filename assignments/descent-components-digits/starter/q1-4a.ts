/**
 * Question 1.4a: a linear layer. `matMul`, `transpose` and `columnSums` of arrays.ts may help.
 */
import type { Mat, Vec } from './arrays.ts';
import type { Layer } from './net.ts';
import type { Rng } from './rng.ts';

/** y = xW + b for every row of a mini-batch. */
export class Linear implements Layer {
  /** Weights, nIn × nOut. */
  W: Mat;
  /** Biases, nOut numbers. */
  b: Vec;
  /** ∂L/∂W and ∂L/∂b of the last `backward`. */
  dW: Mat;
  db: Vec;

  /** Given: small random weights, biases of zero. */
  constructor(nIn: number, nOut: number, rng: Rng) {
    const a = Math.sqrt(6 / (nIn * nOut));
    this.W = Array.from({ length: nIn }, () => Array.from({ length: nOut }, () => rng.uniform(-a, a)));
    this.b = new Array<number>(nOut).fill(0);
    this.dW = [];
    this.db = [];
  }

  /** The output for a mini-batch: n × nIn becomes n × nOut. */
  forward(x: Mat): Mat {
    throw new Error(`1.4a is not implemented yet: Linear.forward(${x.length} rows)`);
  }

  /** Stores dW and db, summed over the mini-batch, and returns ∂L/∂x. */
  backward(x: Mat, dy: Mat): Mat {
    throw new Error(`1.4a is not implemented yet: Linear.backward(${x.length} rows, ${dy.length} rows)`);
  }

  /** One step of gradient descent with the stored dW and db. */
  step(stepSize: number): void {
    throw new Error(`1.4a is not implemented yet: Linear.step(${stepSize})`);
  }
}
