/** Problem 3 D: all partial derivatives of a ReLU network with one input and one output. */

/** f(x) = Σₖ wOₖ max(0, wHₖ x + bHₖ) + bO. */
export interface ReluNet {
  wH: number[];
  bH: number[];
  wO: number[];
  bO: number;
}

/** ∂f/∂ of every weight and bias, under the names of the parameters. */
export interface ReluPartials {
  dwO: number[];
  dbO: number;
  dwH: number[];
  dbH: number[];
}

/** The partial derivatives of f at x; x is never on a kink. */
export function reluNetGrads(net: ReluNet, x: number): ReluPartials {
  throw new Error(`P3D is not implemented yet: reluNetGrads(${JSON.stringify(net)}, ${x})`);
}
