/** Globals through which a program reaches around its imports, or makes code out of text. */
import type { Policy } from '../model.ts';
import type { NameUse } from './read-module.ts';
import type { Broken } from './broken.ts';
import { nameOf } from './syntax-tree.ts';

/** Forbidden under every policy. */
const always: Record<string, Broken> = {
  eval: { rule: 'code-from-text', message: 'eval is not allowed: write the code itself.' },
  Function: { rule: 'code-from-text', message: 'Function is not allowed: write the function itself.' },
  process: {
    rule: 'process',
    message: 'process is not there when the program is graded: print with console.log and keep settings in constants.',
  },
  require: { rule: 'import', message: 'require is not allowed: write `import … from` at the top.' },
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
  if (name === 'module') return isModuleExports(parent) ? undefined : always['require'];
  // `f instanceof Function` makes no code.
  if (name === 'Function' && parent?.type === 'BinaryExpression' && field === 'right') return undefined;
  const broken = Object.hasOwn(always, name) ? always[name] : undefined;
  return broken ?? (policy !== 'free' && Object.hasOwn(guarded, name) ? guarded[name] : undefined);
}

const isModuleExports = (parent: NameUse['above'][number] | undefined) =>
  parent?.type === 'MemberExpression' && parent['computed'] !== true && nameOf(parent['property']) === 'exports';
