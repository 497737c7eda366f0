/**
 * The rules of a task's policy, applied to one module. They never chase aliases: what is allowed is listed, and every other
 * way to get at the library or out of the module is a breach. The sandbox enforces the same when the code runs; this pass
 * says beforehand what is wrong and what to write instead.
 */
import type { Policy, PolicyBreach, SourceFile } from '../model.ts';
import type { Broken, RuleContext } from './broken.ts';
import { codeFrame } from './code-frame.ts';
import { globalBreach } from './global-names.ts';
import { exportBreach, namespaceBreach } from './library-rules.ts';
import type { Import, ModuleReading, NameUse } from './read-module.ts';
import { propertyBreach } from './property-rules.ts';
import { isLocal } from '../program-files.ts';
import type { Node } from './syntax-tree.ts';
import { isTensorLibrary } from './tensor-library.ts';

/** The first breaches of a module, in the order of its text; one place counts once. */
export function breachesOf(
  file: SourceFile,
  reading: ModuleReading,
  context: RuleContext,
  most: number,
): PolicyBreach[] {
  const found = new Map<number, { node: Node; broken: Broken }>();
  const add = (node: Node, broken: Broken | undefined) => {
    if (broken !== undefined && !found.has(node.start)) found.set(node.start, { node, broken });
  };
  for (const item of reading.imports) {
    add(item.node, importBreach(item, context));
    for (const { name, node } of item.names) add(node, nameBreach(item, name, context));
  }
  for (const use of reading.names) {
    if (use.binding === undefined) add(use.node, globalBreach(use, context.policy, reading));
    else if (context.policy === 'no-autodiff') add(partOf(use), namespaceBreach(use, reading));
  }
  for (const use of reading.properties) add(use.node, propertyBreach(use, context));
  for (const { node, kind } of reading.oddities) add(node, oddity(kind, context.policy));
  // Only what is shown gets its frame: a hostile text may break a rule in every one of its characters.
  const first = [...found].sort(([a], [b]) => a - b).slice(0, most);
  return first.map(([, { node, broken }]) => breachAt(file, node, broken));
}

/** Of `tf.grad`, the place of `grad`. */
function partOf({ node, field, above }: NameUse): Node {
  const parent = above.at(-1);
  return field === 'object' && parent !== undefined ? (parent['property'] as Node) : node;
}

export function breachAt(file: SourceFile, node: Node, { rule, message }: Broken): PolicyBreach {
  const { line, column } = node.loc.start;
  const place = { path: file.path, line, column: column + 1 };
  return { rule, place, excerpt: codeFrame(file.text, line, column + 1), message };
}

function importBreach({ source, form }: Import, { policy, imports }: RuleContext): Broken | undefined {
  if (source === undefined) {
    return {
      rule: 'computed-import',
      message: 'The name of an imported module must stand in the text: write `import … from` at the top.',
    };
  }
  if (isLocal(source)) return undefined;
  if (policy === 'plain-numbers' && isTensorLibrary(source)) {
    return {
      rule: 'library',
      message: `${source} is not allowed in this task: compute with plain numbers and arrays.`,
    };
  }
  if (!imports.includes(source)) {
    const allowed = policy === 'plain-numbers' ? imports.filter((name) => !isTensorLibrary(name)) : imports;
    return {
      rule: 'import',
      message: `${JSON.stringify(source)} cannot be imported; allowed are ${[...allowed, 'your own files (./…)'].join(', ')}.`,
    };
  }
  if (policy === 'no-autodiff' && isTensorLibrary(source) && form === 'dynamic') {
    return { rule: 'namespace', message: `Import the library at the top: import * as tf from '${source}'.` };
  }
  return undefined;
}

function nameBreach({ source, form }: Import, name: string, { policy, imports }: RuleContext): Broken | undefined {
  const judged =
    policy === 'no-autodiff' && source !== undefined && isTensorLibrary(source) && imports.includes(source);
  if (!judged || form === 'dynamic') return undefined;
  if (name !== '*' && name !== 'default') return exportBreach(name);
  // A namespace that is imported is judged where it is used; one that is passed on cannot be.
  return form === 'import'
    ? undefined
    : { rule: 'namespace', message: 'The library must not be passed on: import it in the module that uses it.' };
}

function oddity(kind: 'import-meta' | 'import-equals', policy: Policy): Broken | undefined {
  if (kind === 'import-equals') return { rule: 'import', message: 'Write `import … from` instead of `import … =`.' };
  return policy === 'free'
    ? undefined
    : { rule: 'import-meta', message: 'Of import.meta only main, url, filename and dirname may be asked.' };
}
