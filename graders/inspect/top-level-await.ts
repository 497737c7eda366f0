/**
 * `await` outside of functions. The sandbox runs CommonJS, which has none: such a module becomes an async function that the
 * sandbox waits for, and so does every module that imports it. The compiler refuses what it takes for a mistake, so the word
 * is put aside while it works, and put back into what it made.
 */
import type { Misread, Node } from './syntax-tree.ts';
import { childrenOf, nameOf, parseSource } from './syntax-tree.ts';

const word = 'await';
const functions =
  /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ObjectMethod|Class\w+|StaticBlock)$/;

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
  const mark = unusedName(text);
  const visit = (node: Node): void => {
    if (functions.test(node.type)) return;
    if (node.type === 'AwaitExpression') {
      // As long as the word and the blank after it, so that places in the text stay what they are.
      const end = node.start + word.length + (text[node.start + word.length] === ' ' ? 1 : 0);
      edits.push({ start: node.start, end, text: `${mark}(` }, { start: node.end, end: node.end, text: ')' });
    } else if (node.type === 'ForOfStatement' && node['await'] === true) {
      const start = text.indexOf(word, node.start);
      edits.push({ start: node.start, end: node.start, text: `${mark}:` });
      edits.push({ start, end: start + word.length, text: ' '.repeat(word.length) });
    }
    for (const [, child] of childrenOf(node)) visit(child);
  };
  visit(program);
  return edits.length === 0 ? undefined : { text: edited(text, edits), mark };
}

/** Compiled code as the sandbox waits for it: `needs` are the files, as imported, that must be ready before it begins. */
export function asWaiting(path: string, code: string, mark: string | undefined, needs: readonly string[]): string {
  const body = mark === undefined ? code : withAwaits(path, code, mark);
  // On the first line, which is the compiler's own, so that all others keep their numbers.
  return `require.ready(${JSON.stringify(needs)}, async () => {${body}});\n`;
}

function withAwaits(path: string, code: string, mark: string): string {
  const parsed: { program: Node } | Misread = parseSource({ path: `${path}.js`, text: code });
  if ('message' in parsed) throw new Error(`The compiled text of ${path} cannot be read: ${parsed.message}`);
  const edits: Edit[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'CallExpression' && nameOf(node['callee']) === mark) {
      const [given] = node['arguments'] as [Node];
      const opening = simple.test(given.type) ? ['(await ', ')'] : ['(await (', '))'];
      edits.push({ start: node.start, end: given.start, text: opening[0]! });
      edits.push({ start: given.end, end: node.end, text: opening[1]! });
    } else if (node.type === 'LabeledStatement' && nameOf(node['label']) === mark) {
      const loop = node['body'] as Node;
      edits.push({ start: node.start, end: loop.start + 'for'.length, text: 'for await' });
    }
    for (const [, child] of childrenOf(node)) visit(child);
  };
  visit(parsed.program);
  return edited(code, edits);
}

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

function unusedName(text: string): string {
  for (let n = 0; ; n++) {
    const name = `w${n.toString(36).padStart(4, '0')}`;
    if (!text.includes(name)) return name;
  }
}
