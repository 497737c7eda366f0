/**
 * The shape of a program: its tree as a row of tokens without names, numbers and texts, so that a copy in which they were changed
 * looks the same. Names of a library stay: they are what the program does.
 */
import type { Inspection, InspectionRequest, ProgramShape } from './inspection.ts';
import type { Node } from './syntax-tree.ts';
import { childrenOf, isMember, isWrapper, nameOf, parseSource } from './syntax-tree.ts';
import { ProgramStopped } from '../../../stopped.ts';

/** Ten times the nodes of the longest model solution. */
const mostNodes = 30_000;

/** What closes every node. */
const CLOSING = ')';

/** An inspection that holds the shape of the module alone, or why it cannot be read. */
export function inspectShape({ files, module }: InspectionRequest): Inspection {
  const file = files.find(({ path }) => path === module);
  if (file === undefined) throw new ProgramStopped('missing', `${module} was not handed in.`);
  const empty = { breaches: [], modules: [], localImports: [], leftOut: [], outlines: [] };
  const parsed = parseSource(file);
  if ('message' in parsed) return { ...empty, syntax: parsed };
  const shape = shapeOf(parsed.program);
  if (shape === undefined)
    throw new ProgramStopped('refused', `${module} is longer than any program for this: more than ${mostNodes} nodes.`);
  return { ...empty, shape };
}

/** Undefined where there are too many nodes. */
function shapeOf(program: Node): ProgramShape | undefined {
  const own = ownNames(program);
  const shape: ProgramShape = { tokens: [], places: [] };
  // Not by recursion: a long sum is deep.
  const waiting: { node: Node; isLeft: boolean }[] = [{ node: program, isLeft: false }];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const { node, isLeft } = at;
    if (isLeft) {
      add(shape, CLOSING, { ...node.loc.end, column: Math.max(0, node.loc.end.column - 1) });
      continue;
    }
    if (!isWrapper(node)) {
      add(shape, wordOf(node, own), node.loc.start);
      if (shape.tokens.length > 2 * mostNodes) return undefined;
      waiting.push({ node, isLeft: true });
    }
    const children = childrenOf(node).map(([, child]) => child);
    // The last in the text first, since what is put there last is taken first.
    for (const child of children.sort((a, b) => b.start - a.start)) waiting.push({ node: child, isLeft: false });
  }
  return shape;
}

/** A token is never before the one before it, as a short form such as `{ a }` would have it, in which a name stands for two. */
function add({ tokens, places }: ProgramShape, word: string, { line, column }: Node['loc']['start']): void {
  const [lastRow = 0, lastColumn = 0] = places.slice(-2);
  const row = line - 1;
  const isBefore = row < lastRow || (row === lastRow && column < lastColumn);
  tokens.push(word);
  places.push(isBefore ? lastRow : row, isBefore ? lastColumn : column);
}

/** However a function is written, it is a function. */
const FUNCTION = /^(ArrowFunctionExpression|FunctionExpression|FunctionDeclaration|ObjectMethod|ClassMethod)$/;

function wordOf(node: Node, own: ReadonlySet<string>): string {
  if (FUNCTION.test(node.type)) return 'Function';
  const { type, operator } = node;
  if (isMember(node)) {
    const name = nameOf(node['property'], node['computed'] === true);
    return name === undefined || own.has(name) ? 'Member' : `Member ${name.slice(0, 40)}`;
  }
  return typeof operator === 'string' ? `${type} ${operator}` : type;
}

/** Names of properties that the program makes itself: a copy may call them otherwise. */
function ownNames(program: Node): Set<string> {
  const names = new Set<string>();
  const waiting = [program];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (/^(Class|Object)(Property|Method)$/.test(node.type)) {
      const name = nameOf(node['key'], node['computed'] === true);
      if (name !== undefined) names.add(name);
    }
    const left = node.type === 'AssignmentExpression' ? (node['left'] as Node) : undefined;
    const name = isMember(left) ? nameOf(left['property'], left['computed'] === true) : undefined;
    if (name !== undefined) names.add(name);
    for (const [, child] of childrenOf(node)) waiting.push(child);
  }
  return names;
}
