/** A process of Python as the sandbox has to know it: flags, what it finds around it, and how it says that memory is used up. */
import { sameArithmetic } from './arithmetic.ts';
import type { Mount, RuntimeProcess } from '../../sandbox/contain/runtime-process.ts';

/** What lies ready of Python. */
interface StagedPython {
  /** Folder with `lib/python3.x`, the standard library. */
  interpreter: string;
  /** Folder with the packages; absent for a process that only reads source. */
  packages?: string;
  /** What is imported before a program is. */
  names: readonly string[];
  /** Plain files in the place of devices. */
  devices: readonly Mount[];
  /** Whether so many copies will be made that what many of them would load serves all. */
  forMany: boolean;
}

/** Where the interpreter's folder and the packages are seen inside. */
export const HOME = '/python';
export const PACKAGES = '/packages';

/** One thread, and nothing that differs from run to run: verdicts have to be the same on every machine. */
const STEADY = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  PYTHONHASHSEED: '0',
  // Processes that cannot be started are not looked for, and no warning says so.
  JOBLIB_MULTIPROCESSING: '0',
};

/** What TensorFlow reads when it is loaded: one thread for each operation, the same kernels on every processor, no warnings. */
const STEADY_TENSORFLOW = {
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  // oneDNN chooses among algorithms by the processor's make.
  TF_ENABLE_ONEDNN_OPTS: '0',
  TF_DETERMINISTIC_OPS: '1',
  TF_CPP_MIN_LOG_LEVEL: '3',
  CUDA_VISIBLE_DEVICES: '-1',
  KERAS_BACKEND: 'tensorflow',
  // Looked for at home otherwise, where nothing is.
  KERAS_HOME: '/tmp/keras',
};

/** What libraries of numbers reserve and do not use. Measured: 360 MB with numpy. */
const RESERVED_MB = 1200;
/** What TensorFlow's own code and tables take in memory. Measured: 520 MB once it is imported. */
const TENSORFLOW_MB = 600;

/** So many copies, then another original: what a process has become in that time is left behind with it. */
const COPIES = 32;

/** A process that hosts programs beside these packages; without packages it only reads source. */
export function pythonProcess({ interpreter, packages, names, devices, forMany }: StagedPython): RuntimeProcess {
  const hasTensorFlow = names.includes('tensorflow');
  return {
    name: 'Python',
    at: `${HOME}/bin/python3`,
    // No site, so that no .pth file runs; no folder of its own on the path; unbuffered, so that what was printed can be read.
    flags: () => ['-S', '-s', '-P', '-B', '-u', '-X', 'utf8'],
    args: packages === undefined ? [] : [PACKAGES, ...names],
    mounts: [
      { from: `${interpreter}/lib`, at: `${HOME}/lib` },
      ...(packages === undefined ? [] : [{ from: packages, at: PACKAGES }]),
      ...devices,
    ],
    // It asks for its own path when it is loaded, and ends without; of a "python" it would ask for the command line besides.
    ...(hasTensorFlow && { links: [{ at: '/proc/self/exe', to: '/app/main.py' }] }),
    env: {
      ...STEADY,
      ...sameArithmetic(),
      ...(hasTensorFlow && STEADY_TENSORFLOW),
      PYTHONHOME: HOME,
      LD_LIBRARY_PATH: `${HOME}/lib/shared`,
    },
    addressMb: ({ memoryMb }) => RESERVED_MB + 2 * Math.round(memoryMb) + (hasTensorFlow ? 4 * TENSORFLOW_MB : 0),
    ...(hasTensorFlow && { besidesMb: TENSORFLOW_MB }),
    copies: { many: COPIES, args: ['--copies', ...(forMany ? ['--for-many'] : [])] },
    outOfMemory: {
      printed: 'MemoryError',
      // Of many empty lines only the first is a beginning: 20,000 of them are printed quickly.
      report: /(?<!\n)\n*MemoryError[^]*$/,
      thrown: /^_?(?:Array)?MemoryError/,
    },
  };
}
