/** tfjs-node as it lies in the cache: names, and what a process needs in its environment to load it. */

/** The version whose kernels and binding are used. */
export const TFJS_NODE_VERSION = '4.22.0';
/** Name of the folder in the cache; the number rises when the same version is built in another way. */
export const NATIVE_NAME = `tfjs-node-${TFJS_NODE_VERSION}-${process.arch}-1`;
export const BINDING = 'tfjs_binding.node';
/** Beside the binding: the bytes that TensorFlow finds as /dev/urandom, always the same, so that what it draws can be drawn again. */
export const SEED_BYTES = 'seed-bytes';
/** What a process has to find in its environment: one thread per operation, and the same arithmetic on every machine. */
export const NATIVE_ENV: Readonly<Record<string, string>> = {
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  OMP_NUM_THREADS: '1',
  // oneDNN chooses among algorithms by the processor's make.
  TF_ENABLE_ONEDNN_OPTS: '0',
  // Matrices are multiplied by it all the same, with kernels that every processor of the last ten years has.
  ONEDNN_MAX_CPU_ISA: 'AVX2',
  TF_CPP_MIN_LOG_LEVEL: '3',
};
