/** Tensor libraries that an environment may hold beside numpy, on demand. */
export const tensorLibraries = ['torch'] as const;
export type TensorLibrary = (typeof tensorLibraries)[number];
