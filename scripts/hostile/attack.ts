/** What an attack is: a folder of `fixtures/attacks` with one program in it and `ending.json`, which says how it must end. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import type { Limits, Policy } from '../../graders/model/assignment.ts';
import { listedInPython } from './python-attempts.ts';

/** Where the program runs: see `fixtures/attacks/README.md`. */
const places = ['student', 'python', 'node', 'bare', 'native', 'host'] as const;
const endings = ['answer', 'crash', 'timeout', 'memory', 'refused', 'missing', 'stopped', 'exit', 'output'] as const;
export const layers = [
  'intake',
  'inspection',
  'guest',
  'policy',
  'protocol',
  'permissions',
  'namespaces',
  'filter',
  'limits',
  'clock',
  'watchdog',
  'output cap',
  'grading',
  'lifecycle',
] as const;

export interface Ending {
  runs: (typeof places)[number];
  ending: (typeof endings)[number];
  /** A pattern that what came back, or why it stopped, matches. */
  says: string;
  /** A pattern for the answer of `after`, a second function of a student's module that is called in the same process. */
  after?: string;
  /** What stops it. */
  layer: (typeof layers)[number];
  /** At most so many milliseconds are charged: of the program's own time, or of the grader's processor where it is the target. */
  boundMs: number;
  why: string;
  policy?: Policy;
  /** A layer that is taken away, so that the one behind it has to hold. */
  without?: 'permissions';
  limits?: Partial<Limits>;
  /** The test that tries the same by day, where this one takes long: a quick run leaves it out. */
  byDay?: string;
}

export interface Attack extends Ending {
  name: string;
  folder: string;
  /** The program's file in the folder. */
  file: string;
  /** The program, where it has no file of its own. */
  code?: string;
}

/** What came of an attack. */
export interface Told {
  ending: Ending['ending'] | 'broken';
  says: string;
  after?: string;
  /** What the program printed, as far as it is kept. */
  output: string;
  chargedMs: number;
}

const text = { type: 'string', minLength: 1 } as const;
const isEnding = new Ajv({ allErrors: true }).compile<Ending>({
  type: 'object',
  additionalProperties: false,
  required: ['runs', 'ending', 'says', 'layer', 'boundMs', 'why'],
  properties: {
    runs: { enum: places },
    ending: { enum: endings },
    says: text,
    after: text,
    layer: { enum: layers },
    boundMs: { type: 'number', exclusiveMinimum: 0 },
    why: text,
    policy: { enum: ['free', 'no-autodiff', 'plain-numbers'] },
    without: { enum: ['permissions'] },
    limits: { type: 'object' },
    byDay: text,
  },
});

export const attacksFolder = fileURLToPath(new URL('../../fixtures/attacks', import.meta.url));

/** Every attack, by name; throws where a folder does not say how it has to end. */
export function loadAttacks(): Attack[] {
  const folders = readdirSync(attacksFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const all = [...folders.map(({ name }) => readAttack(name)), ...readListed()];
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readListed(): Attack[] {
  const file = 'in-python.json';
  return listedInPython(attacksFolder).listed.map(({ name, code, ending }) => {
    if (!isEnding(ending)) throw new Error(`${file}, ${name}: ${JSON.stringify(isEnding.errors)}`);
    return { ...ending, name, folder: attacksFolder, file, code };
  });
}

function readAttack(name: string): Attack {
  const folder = join(attacksFolder, name);
  const [file, ...more] = readdirSync(folder).filter((entry) => entry.startsWith('attack.'));
  if (file === undefined || more.length > 0) throw new Error(`${name} holds no attack, or more than one.`);
  const ending: unknown = JSON.parse(readFileSync(join(folder, 'ending.json'), 'utf8'));
  if (!isEnding(ending)) throw new Error(`${name}/ending.json: ${JSON.stringify(isEnding.errors)}`);
  return { ...ending, name, folder, file };
}

/** Those that a quick run tries: of every place, layer and ending that occur together, the first that no other test tries. */
export function fewOf(attacks: readonly Attack[]): Attack[] {
  const seen = new Set<string>();
  return attacks.filter(({ runs, layer, ending, boundMs, byDay }) => {
    const kind = `${runs} ${layer} ${ending}`;
    if (seen.has(kind) || boundMs > 8000 || byDay !== undefined) return false;
    seen.add(kind);
    return true;
  });
}
