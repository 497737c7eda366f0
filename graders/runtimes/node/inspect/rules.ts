/**
 * The rules of a task's policy, applied to what the text of one module uses by name. This pass says beforehand what is wrong
 * and what to write instead; what only shows when the code runs is the sandbox's to see and to refuse. A package that is not
 * there is no breach: the sandbox puts a stand-in in its place, and whoever uses that is told.
 */
import type { Policy } from '../../../model/assignment.ts';
import type { PolicyBreach, SourceFile, SourcePlace } from '../../../model/submission.ts';
import type { Broken, RuleContext } from './broken.ts';
import { codeFrame } from './code-frame.ts';
import { globalBreach } from './global-names.ts';
import { exportBreach, namespaceBreach } from './library-rules.ts';
import type { Import, ModuleReading, NameUse } from './read-module.ts';
import { propertyBreach } from './property-rules.ts';
import { isAboutItself, isLocal, packageIn } from '../language/program-files.ts';
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

/** Packages that a module imports and that are not there, each with its first place. */
export function leftOutOf(
  file: SourceFile,
  reading: ModuleReading,
  imports: readonly string[],
): { source: string; place: SourcePlace }[] {
  const found = new Map<string, Node>();
  for (const { source, node } of [...reading.imports].sort((a, b) => a.node.start - b.node.start)) {
    if (source === undefined || isLocal(source) || isAboutItself(source)) continue;
    if (packageIn(imports, source) !== undefined) continue;
    if (!found.has(source)) found.set(source, node);
  }
  return [...found].map(([source, node]) => ({ source, place: placeOf(file, node) }));
}

/** Of `tf.grad`, the place of `grad`. */
function partOf({ node, field, above }: NameUse): Node {
  const parent = above.at(-1);
  return field === 'object' && parent !== undefined ? (parent['property'] as Node) : node;
}

export function breachAt(file: SourceFile, node: Node, { rule, message }: Broken): PolicyBreach {
  const place = placeOf(file, node);
  return { rule, place, excerpt: codeFrame(file.text, place.line, place.column), message };
}

const placeOf = ({ path }: SourceFile, { loc: { start } }: Node) => ({
  path,
  line: start.line,
  column: start.column + 1,
});

function importBreach({ source }: Import, { policy }: RuleContext): Broken | undefined {
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
  return undefined;
}

function nameBreach({ source, form }: Import, name: string, { policy, imports }: RuleContext): Broken | undefined {
  const judged = policy === 'no-autodiff' && source !== undefined && packageIn(imports, source) !== undefined;
  if (!judged || !isTensorLibrary(source) || form === 'dynamic') return undefined;
  if (name !== '*' && name !== 'default') return exportBreach(name);
  // The whole library is judged where it is used.
  return undefined;
}

function oddity(kind: 'import-meta' | 'import-equals', policy: Policy): Broken | undefined {
  if (kind === 'import-equals') return { rule: 'import', message: 'Write `import … from` instead of `import … =`.' };
  return policy === 'free'
    ? undefined
    : { rule: 'import-meta', message: 'Of import.meta only main, url, filename and dirname may be asked.' };
}
