/** Globals through which a program reaches around its imports, or makes code out of text. */
import type { Policy } from '../model.ts';
import type { NameUse } from './read-module.ts';
import type { Broken } from './broken.ts';
import { requiredModule } from './require-call.ts';
import type { Node } from './syntax-tree.ts';
import { nameOf } from './syntax-tree.ts';

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

/** Forbidden except under `free`. */
const guarded: Record<string, Broken> = Object.fromEntries(
  ['globalThis', 'global', 'window', 'self', 'Reflect', 'WebAssembly', 'Proxy'].map((name) => [name, around(name)]),
);

/** Whether a name that the module does not declare may be used. */
export function globalBreach(use: NameUse, policy: Policy): Broken | undefined {
  const { name, above, field } = use;
  const parent = above.at(-1);
  if (name === 'module') return isRead(parent, ['exports']) || isCompared(parent) ? undefined : always['require'];
  // What it names is judged as the import that it is; `require.main === module` asks whether the module was started alone.
  if (name === 'require' && (requiredModule(parent) !== undefined || isRead(parent, ['main']))) return undefined;
  if (name === 'process' && field === 'object' && isRead(parent, harmlessOfProcess)) return undefined;
  // `f instanceof Function` makes no code.
  if (name === 'Function' && parent?.type === 'BinaryExpression' && field === 'right') return undefined;
  const broken = Object.hasOwn(always, name) ? always[name] : undefined;
  return broken ?? (policy !== 'free' && Object.hasOwn(guarded, name) ? guarded[name] : undefined);
}

/** What programs ask that are also started alone; none of it leads to files, modules or other code. */
const harmlessOfProcess = [
  ...['argv', 'env', 'stdout', 'stderr', 'hrtime', 'platform', 'version', 'versions', 'uptime', 'cwd'],
  ...['memoryUsage', 'nextTick', 'exit', 'exitCode', 'on', 'emitWarning'],
];

const isRead = (parent: Node | undefined, properties: readonly string[]) =>
  (parent?.type === 'MemberExpression' || parent?.type === 'OptionalMemberExpression') &&
  parent['computed'] !== true &&
  properties.includes(nameOf(parent['property']) ?? '');

const isCompared = (parent: Node | undefined) =>
  parent?.type === 'BinaryExpression' && /^[!=]==?$/.test(parent['operator'] as string);
