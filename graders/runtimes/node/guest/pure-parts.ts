/**
 * What of Node's own modules a program may ask while it loads, above all in order to know whether it was started alone: names
 * of paths, its own arguments, the clock. None of it reaches a file, a process or other code.
 */
import { define } from './make.ts';
import type { Bag, Outside } from './outside.ts';

const ofPath = [
  'basename',
  'dirname',
  'extname',
  'format',
  'isAbsolute',
  'join',
  'normalize',
  'parse',
  'relative',
  'resolve',
];
const ofUrl = ['fileURLToPath', 'pathToFileURL', 'format', 'URL', 'URLSearchParams'];
const ofProcess = ['arch', 'argv', 'env', 'pid', 'platform', 'stderr', 'stdout', 'version', 'versions'];
const callsOfProcess = ['cwd', 'exit', 'hrtime', 'memoryUsage', 'nextTick', 'on', 'once', 'uptime'];

/** The parts of a built-in module that are there; none for any other. */
export function pureParts(outside: Outside, specifier: string): Bag {
  const parts = outside.makeObject();
  const take = (from: Bag, names: readonly string[]) => {
    for (const name of names) define(parts, name, outside.get(from, name));
  };
  switch (specifier.replace(/^node:/, '')) {
    case 'path':
    case 'path/posix':
      take(outside.builtIn('path'), [...ofPath, 'sep', 'delimiter']);
      break;
    case 'url':
      take(outside.builtIn('url'), ofUrl);
      break;
    case 'os':
      define(parts, 'EOL', '\n');
      break;
    case 'perf_hooks':
      take(outside.global, ['performance']);
      break;
    case 'process':
      take(outside.process(), [...ofProcess, ...callsOfProcess]);
      break;
    case 'fs':
      // Nothing else lies here: a path is what it is, and no file is there.
      define(
        parts,
        'realpathSync',
        outside.makeFunction('realpathSync', (_, args) => args[0]),
      );
      define(
        parts,
        'existsSync',
        outside.makeFunction('existsSync', () => false),
      );
      break;
    default:
  }
  return parts;
}
