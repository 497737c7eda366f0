import { expect, test } from 'vitest';
import { importsOf, sourcesIn } from '../scripts/house/sources.ts';

/** Which room may import which. `guest` is the student's side of the wall; `checks` are the sheets' own judgements. */
const mayImport: Record<string, readonly string[]> = {
  model: [],
  stopped: ['model'],
  'package-root': [],
  collect: [],
  language: ['model'],
  'json-mistake': [],
  'plain-file': [],
  'make-folders': [],
  'own-module': [],
  remembered: ['own-module'],
  'self-import': ['assignment', 'own-module', 'package-root'],
  oracles: [],
  numerics: ['model'],
  protocol: ['model'],
  values: ['model'],
  question: ['model'],
  key: ['question', 'numerics'],
  problem: ['question', 'key'],
  check: ['model', 'problem', 'question', 'formula', 'numerics'],
  manual: ['model', 'check'],
  'added-layers': ['model'],
  'changed-arguments': ['model', 'stopped', 'check', 'values'],
  'judge-formula': ['model', 'stopped', 'check', 'formula'],
  'kept-values': ['numerics'],
  'kept-practice': ['kept-values', 'remembered'],
  probes: ['problem', 'question', 'kept-values', 'numerics', 'remembered'],
  'hidden-derivative': ['model', 'numerics', 'stopped'],
  'judging-time': ['model', 'stopped'],
  'check-context': [
    'kept-practice',
    'probes',
    'model',
    'stopped',
    'problem',
    'check',
    'numerics',
    'hidden-derivative',
    'judging-time',
  ],
  runner: ['model', 'stopped', 'check'],
  settle: ['model'],
  drawings: ['model', 'stopped'],
  gradebook: ['collect', 'course', 'make-folders', 'model', 'plain-file', 'settle'],
  intake: ['json-mistake', 'language', 'model', 'plain-file', 'stopped'],
  assignment: ['json-mistake', 'model', 'plain-file'],
  course: ['assignment', 'model', 'settle'],
  inspect: ['language', 'model', 'own-module', 'protocol', 'stopped'],
  formula: ['key', 'model', 'numerics'],
  data: ['make-folders', 'numerics', 'plain-file'],
  mistakes: ['model', 'problem', 'question', 'key', 'formula', 'numerics', 'oracles', 'remembered'],
  'follow-through': ['model', 'question', 'numerics'],
  'two-sided': ['model', 'stopped', 'check', 'problem', 'question', 'evaluate', 'numerics'],
  evaluate: ['model', 'stopped', 'check', 'problem', 'question', 'follow-through', 'numerics', 'mistakes'],
  checks: [
    'kinds',
    'language',
    'model',
    'stopped',
    'check',
    'problem',
    'question',
    'key',
    'evaluate',
    'numerics',
    'mistakes',
    'formula',
    'data',
    'oracles',
    'values',
    'manual',
    'judge-formula',
    'two-sided',
    'follow-through',
    'changed-arguments',
  ],
  kinds: [
    'language',
    'model',
    'stopped',
    'check',
    'problem',
    'question',
    'key',
    'evaluate',
    'numerics',
    'mistakes',
    'formula',
    'data',
    'oracles',
    'values',
    'manual',
    'judge-formula',
    'two-sided',
    'follow-through',
    'added-layers',
    'changed-arguments',
  ],
  guest: ['language', 'model', 'protocol', 'numerics'],
  runtimes: ['inspect', 'model', 'protocol', 'remembered', 'numerics', 'sandbox', 'guest'],
  sandbox: ['model', 'own-module', 'remembered', 'stopped', 'protocol'],
  doctor: ['stopped', 'model', 'remembered', 'sandbox', 'runtimes'],
  vitest: ['evaluate', 'model', 'numerics', 'package-root', 'reports'],
  practice: [
    'assignment',
    'check',
    'evaluate',
    'key',
    'manual',
    'model',
    'numerics',
    'own-module',
    'problem',
    'question',
    'stopped',
  ],
  packing: [
    'audit',
    'batch',
    'check',
    'check-context',
    'coursework',
    'key',
    'model',
    'numerics',
    'own-module',
    'practice',
    'probes',
    'problem',
    'question',
    'stopped',
  ],
  kit: ['assignment', 'language', 'make-folders', 'model', 'plain-file'],
  similarity: ['inspect', 'intake', 'language', 'model', 'stopped'],
  coursework: ['own-module', 'package-root', 'plain-file', 'self-import', 'model', 'check', 'assignment', 'practice'],
  'addressed-by-units': ['check-context', 'model'],
  'python-plots': ['check-context', 'model', 'runtimes'],
  'own-words': ['language', 'model'],
  'python-sources': [
    'addressed-by-units',
    'check-context',
    'coursework',
    'drawings',
    'inspect',
    'language',
    'model',
    'protocol',
    'python-plots',
    'runtimes',
    'sandbox',
    'stopped',
  ],
  'lazy-python': ['coursework', 'model', 'python-sources', 'runtimes', 'sandbox'],
  'guest-factory': [
    'addressed-by-units',
    'lazy-python',
    'python-sources',
    'model',
    'stopped',
    'language',
    'coursework',
    'check-context',
    'inspect',
    'intake',
    'sandbox',
    'runtimes',
  ],
  'check-keys': ['check', 'coursework', 'model', 'own-module', 'package-root', 'remembered', 'runtimes', 'self-import'],
  queue: ['make-folders', 'own-module', 'package-root', 'plain-file'],
  batch: [
    'check-keys',
    'course',
    'coursework',
    'check-context',
    'check',
    'model',
    'settle',
    'gradebook',
    'intake',
    'queue',
  ],
  'grade-one': [
    'batch',
    'check-context',
    'drawings',
    'guest-factory',
    'intake',
    'model',
    'own-words',
    'runner',
    'settle',
    'stopped',
  ],
  workers: ['batch', 'check-keys', 'coursework', 'gradebook', 'judging', 'model', 'queue'],
  judging: [
    'batch',
    'check-context',
    'collect',
    'coursework',
    'gradebook',
    'grade-one',
    'guest-factory',
    'judging-time',
    'model',
    'own-module',
  ],
  grade: ['batch', 'collect', 'gradebook', 'grade-one', 'guest-factory', 'intake', 'judging', 'model'],
  audit: [
    'batch',
    'language',
    'make-folders',
    'package-root',
    'plain-file',
    'model',
    'stopped',
    'check',
    'problem',
    'question',
    'formula',
    'check-context',
    'runner',
    'settle',
    'coursework',
    'guest-factory',
    'grade-one',
    'numerics',
    'mistakes',
    'gradebook',
    'runtimes',
    'sandbox',
  ],
  marking: ['gradebook', 'model'],
  regrading: ['batch', 'check-keys', 'gradebook', 'judging', 'model'],
  reports: ['collect', 'model', 'gradebook', 'audit', 'marking', 'queue', 'regrading', 'similarity', 'assignment'],
  solutions: [],
  starter: [],
};

/** Rooms that nothing may import: the command line and tests see everything and are seen by nobody. */
function roomOf(path: string): string {
  const parts = path.split('/');
  const file = parts.at(-1)!;
  if (/\.test(-d)?\.ts$/.test(file) || file.includes('.testing.')) return 'test';
  if (parts[0] === 'reference') return parts[1] === 'oracles' ? 'oracles' : 'solutions';
  if (parts[0] === 'assignments') return 'starter';
  if (parts[0] === 'reports') return 'reports';
  if (parts[0] === 'scripts') return 'cli';
  if (parts[0] !== 'graders') return 'cli';
  // Rooms within rooms: what runs inside, what reads programs, what programs are called; and who tries the walls out.
  if (parts[1] === 'runtimes') return ['guest', 'inspect', 'language'].includes(parts[3]!) ? parts[3]! : 'runtimes';
  if (parts[1] === 'sandbox' && parts[2] === 'doctor') return 'doctor';
  if (parts.length === 2) return file === 'cli.ts' ? 'cli' : file.replace(/\.ts$/, '');
  return parts[1] === 'cli' ? 'cli' : parts[1]!;
}

const sources = sourcesIn('assignments', 'reference', 'graders', 'reports', 'scripts');
const files = sources.map(({ path }) => path);
const imports = new Map(sources.map((source) => [source.path, importsOf(source)]));
const importsIn = (path: string) => imports.get(path) ?? [];

test('every import goes from a room to one it may see', () => {
  const wrong = files
    .filter((path) => !['cli', 'test'].includes(roomOf(path)))
    .flatMap((path) => {
      const room = roomOf(path);
      const allowed = mayImport[room];
      if (allowed === undefined) return [`${path} is in a room that the table does not name (${room})`];
      return importsIn(path)
        .filter((target) => roomOf(target) !== room && !allowed.includes(roomOf(target)))
        .map((target) => `${path} → ${target}`);
    });
  expect(wrong).toEqual([]);
});

test('the table allows nothing that nobody uses', () => {
  const used = new Set(files.flatMap((path) => importsIn(path).map((target) => `${roomOf(path)} → ${roomOf(target)}`)));
  const allowed = Object.entries(mayImport).flatMap(([room, rooms]) => rooms.map((other) => `${room} → ${other}`));
  expect(allowed.filter((pair) => !used.has(pair))).toEqual([]);
});

test('no file imports itself by way of others', () => {
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (path: string, trail: string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    state.set(path, 'open');
    for (const target of importsIn(path)) visit(target, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of files) visit(path, []);
  expect(cycles).toEqual([]);
});

test('one tool has one place', () => {
  const places: Record<string, RegExp> = {
    execa: /^(graders\/(sandbox|audit|runtimes|vitest)|scripts)\//,
    handlebars: /^reports\//,
    yauzl: /^(graders\/intake|scripts\/tfjs-node)\//,
    '@babel/parser': /^(graders\/(runtimes\/node\/inspect|audit)|scripts\/house)\//,
    '@dodona/dolos-core': /^graders\/similarity\//,
    mathjs: /^graders\/formula\//,
    yaml: /^graders\/intake\/platforms\//,
  };
  const wrong = sources
    .filter(({ path }) => roomOf(path) !== 'test')
    .flatMap(({ path, text }) =>
      [...text.matchAll(/from '([^'.][^']*)'/g)]
        .filter(([, tool]) => places[tool!] !== undefined && !places[tool!]!.test(path))
        .map(([, tool]) => `${path} imports ${tool}`),
    );
  expect(wrong).toEqual([]);
});

test('processes are started in one way, except sandboxes, which are handed over or end with the grader by the kernel, and where a test asks how a bare one ends', () => {
  const bare = sources.filter(({ text }) => /^import (?!type )[^;]* from '(node:)?child_process'/m.test(text));
  const wrong = bare.filter(
    ({ path }) =>
      !/^graders\/sandbox\/(contain\/.*\.test\.ts|session\/(start-here|starter(-process)?)\.ts)$/.test(path),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('whatever may lie in the place of a file is opened in one way, which waits for no pipe', () => {
  const rooms = ['gradebook', 'course', 'data', 'intake', 'kit', 'queue'];
  const named = sources.filter(({ path }) => rooms.includes(roomOf(path)));
  const wrong = named.filter(({ text }) =>
    /import [^;]*\b(readFile|readFileSync|createReadStream)\b[^;]* from 'node:fs/.test(text),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('no file is a drawer for everything', () => {
  const ours = files.filter((path) => !['starter', 'solutions'].includes(roomOf(path)));
  const wrong = ours.filter((path) => /(^|\/)(utils?|helpers?|index)\.ts$/.test(path));
  expect(wrong).toEqual([]);
});
