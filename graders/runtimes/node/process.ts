/** A process of Node as the sandbox has to know it: its flags by the limits, with tfjs-node what that needs around it. */
import { join } from 'node:path';
import type { Limits } from '../../model/assignment.ts';
import type { Backend, Precision } from '../../model/guest.ts';
import type { RuntimeProcess } from '../../sandbox/contain/runtime-process.ts';
import { NATIVE_ENV, SEED_BYTES } from './native-names.ts';

/** Where Node, and tfjs-node with TensorFlow's libraries, lie inside. */
const NODE = '/node';
const NATIVE_FOLDER = '/native';

/** Resident pages of TensorFlow's libraries, shared by all processes that map them: no student's doing. Measured: 335 MB. */
const NATIVE_RESIDENT_MB = 360;
/** What they reserve. Measured: 1.1 GB. */
const NATIVE_ADDRESS_MB = 2048;

/** Node's process for a backend and a precision; `native` is the folder of tfjs-node, which the backend `node` loads. */
export function nodeProcess(wanted: { backend: Backend; precision: Precision }, native?: string): RuntimeProcess {
  const plain = plainProcess([wanted.backend, wanted.precision]);
  // Double precision exists on the plain JavaScript backend only.
  if (wanted.backend !== 'node' || wanted.precision === 'double') return plain;
  if (native === undefined) throw new Error('The guest was not staged for tfjs-node.');
  return withNative(plain, native);
}

const plainProcess = (args: readonly string[]): RuntimeProcess => ({
  name: 'Node',
  at: NODE,
  flags: nodeFlags,
  args,
  addressMb,
  outOfMemory: {
    printed: 'JavaScript heap out of memory',
    // Of many empty lines only the first is a beginning: 20,000 of them are printed quickly.
    report: /(?<!\n)\n*<--- Last few GCs --->[^]*JavaScript heap out of memory[^]*$/,
    // Typed arrays lie outside V8's heap and fail in their own way.
    thrown: /^RangeError: Array buffer allocation failed/,
  },
});

/**
 * tfjs-node is an addon: for it one gate of Node's permissions has to be open, so that a program that gets hold of Node's
 * loader may load what libraries it finds. It finds those of the runtime, because it has no place to put one of its own.
 */
const withNative = (plain: RuntimeProcess, native: string): RuntimeProcess => ({
  ...plain,
  flags: (limits, readable) => [
    ...nodeFlags(limits, readable),
    ...['--allow-addons', '--disable-warning=SecurityWarning'],
  ],
  beside: { from: native, at: NATIVE_FOLDER },
  // A plain file and a link: TensorFlow asks for a few bytes once, and for the name of its program, and stops without.
  mounts: [{ from: join(native, SEED_BYTES), at: '/dev/urandom' }],
  links: [{ at: '/proc/self/exe', to: NODE }],
  env: NATIVE_ENV,
  addressMb: (limits) => addressMb(limits) + NATIVE_ADDRESS_MB,
  besidesMb: NATIVE_RESIDENT_MB,
});

/**
 * How large V8's young generation begins, in MB. What is asked of a process leaves some ten behind: beginning with one, V8 looked
 * through it five to eight times, and through the whole heap once. No code cache is rejected for it.
 */
const YOUNG_MB = 16;

/**
 * Node's permission model closes files, processes, workers, addons and the inspector; it leaves the network open, and sqlite
 * around it. The limit on the heap is V8's own; typed arrays and WebAssembly memory lie outside it.
 */
const nodeFlags = ({ memoryMb }: Limits, readable: string): string[] => [
  `--max-old-space-size=${Math.max(256, Math.round(memoryMb * 0.36))}`,
  `--min-semi-space-size=${YOUNG_MB}`,
  ...['--permission', `--allow-fs-read=${readable}`, '--no-experimental-sqlite'],
];

/**
 * V8 reserves far more than it uses: below 1.2 GB it does not start at all, and below 12 GB it searches long for room for a
 * WebAssembly memory, which doubles the time of a start.
 */
const addressMb = ({ memoryMb }: Limits): number => Math.max(12_288, 2600 + 2 * Math.round(memoryMb));
