/** What the usual rules say of a layer with `fanIn` inputs and `fanOut` outputs. All laws have mean 0. */

/** Glorot and Bengio (2010): Var w = 2 / (in + out), normal or uniform. */
export const glorotVariance = (fanIn: number, fanOut: number): number => 2 / (fanIn + fanOut);

/** U[−a, a] with a = √(6 / (in + out)), since Var U[−a, a] = a²/3. */
export const glorotUniformLimit = (fanIn: number, fanOut: number): number => Math.sqrt(6 / (fanIn + fanOut));

/** He et al. (2015), for ReLU: Var w = 2 / in. */
export const heVariance = (fanIn: number): number => 2 / fanIn;

/** LeCun et al. (1998): Var w = 1 / in. */
export const lecunVariance = (fanIn: number): number => 1 / fanIn;

/** Var w = 1 / max(in, out). */
export const oneOverMaxVariance = (fanIn: number, fanOut: number): number => 1 / Math.max(fanIn, fanOut);

/** A widespread misprint of Glorot's limit: a = √(6 / (in · out)). */
export const productUniformLimit = (fanIn: number, fanOut: number): number => Math.sqrt(6 / (fanIn * fanOut));
