/** Flags of the sandboxed Node that the code cache has to match. */

/** Limit of the JavaScript heap; tensors live outside of it. */
export const heapMb = 256;
