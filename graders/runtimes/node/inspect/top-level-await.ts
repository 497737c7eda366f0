/**
 * `await` outside of functions. The sandbox runs CommonJS, which has none: such a module becomes an async function that the
 * sandbox waits for, and so does every module that imports it. The compiler refuses what it takes for a mistake, so the word
 * is put aside while it works, and put back into what it made.
 */
import type { Misread, Node } from './syntax-tree.ts';
import { childrenOf, nameOf, parseSource } from './syntax-tree.ts';
import { ProgramStopped } from '../../../stopped.ts';

const word = 'await';

/** A text in which a call of `mark` stands for each `await` of the module's own. */
export interface Marked {
  text: string;
  mark: string;
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/** The text as the compiler takes it; undefined for a module that awaits nothing outside of its functions. */
export function markAwaits(text: string, program: Node): Marked | undefined {
  const edits: Edit[] = [];
  const mark = unusedName(text, program);
  const visit = (node: Node, labelled: Node): void => {
    if (node.type === 'AwaitExpression') {
      const end = wordEnd(text, node.start);
      edits.push({ start: node.start, end, text: `${mark}(` }, { start: node.end, end: node.end, text: ')' });
    } else if (node.type === 'ForOfStatement' && node['await'] === true) {
      betweenForAndAwait.lastIndex = node.start;
      const start = node.start + betweenForAndAwait.exec(text)![0].length;
      // Before the student's own labels: the compiler lets `continue` name none but the innermost.
      edits.push({ start: labelled.start, end: labelled.start, text: `${mark}:` });
      edits.push({ start, end: wordEnd(text, start), text: '' });
    }
    for (const child of runWith(node)) visit(child, node.type === 'LabeledStatement' ? labelled : child);
  };
  visit(program, program);
  return edits.length === 0 ? undefined : { text: edited(text, edits), mark };
}

const betweenForAndAwait = /for(?:\s|\/\*[^]*?\*\/|\/\/.*)*/y;

/** After the word and the blank behind it: together as long as what stands for them, so that places stay what they are. */
function wordEnd(text: string, start: number): number {
  const end = start + word.length;
  return text[end] === ' ' ? end + 1 : end;
}

const functions = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/;
const blocks = /^(StaticBlock|TSModuleBlock|TSEnumDeclaration)$/;
const members = /^(ObjectMethod|Class(Private)?(Method|Property)|ClassAccessorProperty)$/;

/** The children that run as part of what they stand in, and not later in a function of their own. */
function runWith(node: Node): Node[] {
  if (functions.test(node.type) || blocks.test(node.type)) return [];
  const children = childrenOf(node);
  const own = members.test(node.type)
    ? children.filter(([field]) => field === 'decorators' || (field === 'key' && node['computed'] === true))
    : children;
  return own.map(([, child]) => child);
}

/** Compiled code as the sandbox waits for it: `needs` are the files, as imported, that must be ready before it begins. */
export function asWaiting(path: string, code: string, mark: string | undefined, needs: readonly string[]): string {
  const body = mark === undefined ? code : withAwaits(path, code, mark);
  // On the first line, which is the compiler's own, so that all others keep their numbers.
  return `require.ready(${JSON.stringify(needs)}, async () => {${body}}, ${JSON.stringify(exportedNames(code))});\n`;
}

/** The names in the compiler's own list of what an ES module exports, and its sign of one; none for CommonJS. */
function exportedNames(code: string): string[] {
  const list = /^__export\(\w+, \{\n((?: {2}.*\n)*)\}\);$/m.exec(code)?.[1];
  if (list === undefined) return [];
  return ['__esModule', ...[...list.matchAll(/^ {2}([\w$]+): \(\) => /gm)].map(([, name]) => name!)];
}

function withAwaits(path: string, code: string, mark: string): string {
  const parsed: { program: Node } | Misread = parseSource({ path: `${path}.js`, text: code });
  if ('message' in parsed) throw tooEntangled(path);
  const edits: Edit[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'CallExpression' && nameOf(node['callee']) === mark) {
      const [given, ...others] = node['arguments'] as Node[];
      if (given === undefined || given.type === 'SpreadElement' || others.length > 0) throw tooEntangled(path);
      const [before, after] = simple.test(given.type) ? ['(await ', ')'] : ['(await (', '))'];
      edits.push({ start: node.start, end: given.start, text: before + linesOf(code, node.start, given.start) });
      edits.push({ start: given.end, end: node.end, text: linesOf(code, given.end, node.end) + after });
    } else if (node.type === 'LabeledStatement' && nameOf(node['label']) === mark) {
      const labelled = node['body'] as Node;
      let loop = labelled;
      while (loop.type === 'LabeledStatement') loop = loop['body'] as Node;
      if (loop.type !== 'ForOfStatement') throw tooEntangled(path);
      edits.push({ start: node.start, end: labelled.start, text: linesOf(code, node.start, labelled.start) });
      edits.push({ start: loop.start, end: loop.start + 'for'.length, text: 'for await' });
    }
    for (const child of runWith(node)) visit(child);
  };
  visit(parsed.program);
  const awaiting = edited(code, edits);
  // What is left stands in a function that the compiler made of it.
  if (awaiting.includes(mark)) throw tooEntangled(path);
  return awaiting;
}

/** The line breaks of what is replaced, so that the lines after it keep their numbers. */
const linesOf = (code: string, start: number, end: number) => code.slice(start, end).replace(/[^\n]/g, '');

const tooEntangled = (path: string) =>
  new ProgramStopped(
    'refused',
    `${path} awaits outside of functions in a way that cannot be run: write plain statements.`,
  );

/** What binds at least as tightly as `await` does, and needs no parentheses after it. */
const simple = /^(Identifier|CallExpression|MemberExpression|NewExpression)$/;

function edited(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  // Of edits at one place those that were noted later belong to what stands further out.
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return parts.join('') + text.slice(at);
}

/** It ends in a letter, since the names that the compiler makes up end in a digit. */
function unusedName(text: string, program: Node): string {
  // Written with escapes, a name does not stand in the text as it is.
  const escaped = text.includes('\\u') ? namesIn(program) : new Set<string>();
  for (let n = 0; ; n++) {
    const name = `w${n.toString(36).padStart(3, '0')}w`;
    if (!text.includes(name) && !escaped.has(name)) return name;
  }
}

function namesIn(program: Node): Set<string> {
  const names = new Set<string>();
  const waiting = [program];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node['name'] === 'string') names.add(node['name']);
    for (const [, child] of childrenOf(node)) waiting.push(child);
  }
  return names;
}
