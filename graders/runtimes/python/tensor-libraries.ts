/** Tensor libraries that an environment may hold beside numpy, on demand. */
export const tensorLibraries = ['torch', 'tensorflow'] as const;
export type TensorLibrary = (typeof tensorLibraries)[number];
