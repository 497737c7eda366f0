/** Globals through which a program reaches around its imports, or makes code out of text. */
import type { Policy } from '../../../model/assignment.ts';
import type { ModuleReading, NameUse } from './read-module.ts';
import { propertyName } from './read-module.ts';
import type { Broken } from './broken.ts';
import { namesTaken, requiredModule } from './require-call.ts';
import type { Node } from './syntax-tree.ts';
import { changes, isComparison, isMember, nameOf, unwrap } from './syntax-tree.ts';

/** Forbidden under every policy. */
const always: Record<string, Broken> = {
  eval: { rule: 'code-from-text', message: 'eval is not allowed: write the code itself.' },
  Function: { rule: 'code-from-text', message: 'Function is not allowed: write the function itself.' },
  process: {
    rule: 'process',
    message:
      'Of process only argv, env, stdout, hrtime and the like may be asked: print with console.log and keep settings in constants.',
  },
  require: { rule: 'import', message: "require must name its module in the text, as in require('./layers')." },
  createRequire: { rule: 'import', message: 'createRequire is not allowed: write `import … from` at the top.' },
};

const around = (name: string): Broken => ({
  rule: 'hidden-access',
  message: `${name} is not allowed: use variables of your own, and imports for everything else.`,
});

/** Forbidden except under `free`; the library keeps its engine in a global, too. */
const guarded: Record<string, Broken> = Object.fromEntries(
  ['Reflect', 'WebAssembly', '_tfengine', '_tfGlobals'].map((name) => [name, around(name)]),
);

/** The global object under its names: what is read of it is judged as if it stood alone. */
const globalObjects = ['globalThis', 'global', 'window', 'self'];

/** Of Reflect, what reads no property and changes nothing. */
const harmlessOfReflect = ['ownKeys', 'has', 'apply', 'construct'];

/** Whether a name that the module does not declare may be used. */
export function globalBreach(use: NameUse, policy: Policy, reading: Pick<ModuleReading, 'fold'>): Broken | undefined {
  const { name, above, field } = use;
  const parent = above.at(-1);
  if (isOnlyAsked(parent, field)) return undefined;
  if (name === 'module') return isRead(parent, harmlessOfModule) ? undefined : always['require'];
  // What it names is judged as the import that it is; `require.main === module` asks whether the module was started alone.
  if (name === 'require' && (requiredModule(parent) !== undefined || isRead(parent, ['main']))) return undefined;
  if (name === 'process' && field === 'object' && isRead(parent, harmlessOfProcess)) return undefined;
  if (Object.hasOwn(always, name)) return always[name];
  if (policy === 'free') return undefined;
  if (globalObjects.includes(name)) return objectBreach(use, policy, reading);
  if (name === 'Reflect' && isRead(parent, harmlessOfReflect)) return undefined;
  return Object.hasOwn(guarded, name) ? guarded[name] : undefined;
}

/** `globalThis.performance` is `performance`; what shows no name, or leads back to the object, is a way around. */
function objectBreach(use: NameUse, policy: Policy, reading: Pick<ModuleReading, 'fold'>): Broken | undefined {
  const parent = use.above.at(-1);
  if (parent?.type === 'VariableDeclarator' && use.field === 'init') {
    const id = parent['id'] as Node;
    const taken = id.type === 'ObjectPattern' ? namesTaken(id) : undefined;
    if (taken === undefined) return around(use.name);
    const parts = taken.map(({ imported }) => ({ ...use, name: imported, above: [], field: '' }));
    return parts.some((part) => isForbidden(part, policy, reading)) ? around(use.name) : undefined;
  }
  if (!isMember(parent) || use.field !== 'object') return around(use.name);
  const name = propertyName(parent, use.scope, reading);
  const above = use.above.slice(0, -1);
  const outer = above.at(-1);
  // A name of one's own may be kept there; what the language offers must stay.
  if (name === undefined || (changes(outer, parent) && name in globalThis)) return around(use.name);
  const field = Object.keys(outer ?? {}).find((key) => isNodeAt(outer![key], parent)) ?? '';
  return isForbidden({ ...use, name, above, field }, policy, reading) ? around(use.name) : undefined;
}

const isForbidden = (...[use, policy, reading]: Parameters<typeof globalBreach>): boolean =>
  use.name === 'valueOf' || globalBreach(use, policy, reading) !== undefined;

const isNodeAt = (value: unknown, node: Node) =>
  typeof value === 'object' && value !== null && 'type' in value && unwrap(value as Node) === node;

/** `typeof process`, `x instanceof Function`, `'gc' in globalThis`, `f.constructor === Function`: nothing is got hold of. */
function isOnlyAsked(parent: Node | undefined, field: string): boolean {
  if (parent?.type === 'UnaryExpression') return parent['operator'] === 'typeof' || parent['operator'] === '!';
  const asks = parent?.type === 'BinaryExpression' && /^(in|instanceof)$/.test(parent['operator'] as string);
  return (asks && field === 'right') || isComparison(parent);
}

/** What is handed out, and what older programs ask in order to know whether they were started alone. */
const harmlessOfModule = ['exports', 'parent', 'id', 'filename'];

/** What programs ask that are also started alone; none of it leads to files, modules or other code. */
const harmlessOfProcess = [
  ...['argv', 'env', 'stdout', 'stderr', 'hrtime', 'platform', 'version', 'versions', 'uptime', 'cwd'],
  ...['memoryUsage', 'nextTick', 'exit', 'exitCode', 'on', 'once', 'emitWarning', 'cpuUsage', 'pid', 'arch'],
];

const isRead = (parent: Node | undefined, properties: readonly string[]) =>
  isMember(parent) && parent['computed'] !== true && properties.includes(nameOf(parent['property']) ?? '');
