/** What a reader sees first of a module: what it exports and whether that is explained, what it imports, what is left to do. */
import type { ModuleOutline, SourceFile, SourcePlace } from '../../../model/submission.ts';
import type { ModuleReading } from './read-module.ts';
import type { Comment, Node } from './syntax-tree.ts';
import { isErased, nameOf, unwrap } from './syntax-tree.ts';

/** `resolve` finds the file of the submission that an import means. */
export function outlineOf(
  { path, text }: SourceFile,
  { program, comments }: { program: Node; comments: readonly Comment[] },
  reading: ModuleReading,
  resolve: (source: string) => string | undefined,
): ModuleOutline {
  const lines = text.split('\n');
  const place = (node: Pick<Node, 'loc'>): SourcePlace => ({
    path,
    line: node.loc.start.line,
    column: node.loc.start.column + 1,
    excerpt: lines[node.loc.start.line - 1]?.trim().slice(0, 120) ?? '',
  });
  const documented = (statement: Node) =>
    [statement, ...overloadsOf(statement, program)].some(({ start }) => explains(above(start, comments, text)));
  const imports = reading.imports.flatMap(({ source, names }) => {
    const target = source === undefined ? undefined : resolve(source);
    return target === undefined ? [] : [{ path: target, names: names.map(({ name }) => name) }];
  });
  return {
    path,
    asked: [],
    imports,
    exports: exportsOf(program).map(({ name, what, statement }) => ({
      name,
      what,
      documented: documented(statement),
      place: place(statement),
    })),
    leftovers: comments
      .filter(({ value }) => /\b(TODO|FIXME|XXX)\b/.test(value))
      .slice(0, mostLeftovers)
      .map(place),
  };
}

/** The comments right above a place, as one: nothing stands between them and it. */
function above(place: number, comments: readonly Comment[], text: string): string {
  let [said, start] = ['', place];
  for (let i = countUpTo(comments, place) - 1; i >= 0 && said.length < longestRead; i--) {
    const { value, start: begins, end } = comments[i]!;
    if (!/^\s*$/.test(text.slice(end, start))) break;
    [said, start] = [`${value}\n${said}`, begins];
  }
  return said;
}

/** The signatures of TypeScript right above a function: a comment that stands over them explains the function. */
function overloadsOf(statement: Node, program: Node): Node[] {
  const declared = declarationOf(statement);
  if (declared?.type !== 'FunctionDeclaration') return [];
  const body = program['body'] as Node[];
  const overloads: Node[] = [];
  for (let i = indexOf(statement, body) - 1; i >= 0; i--) {
    const signature = declarationOf(body[i]!);
    if (signature?.type !== 'TSDeclareFunction' || nameOf(signature['id']) !== nameOf(declared['id'])) break;
    overloads.push(body[i]!);
  }
  return overloads;
}

const declarationOf = (statement: Node): Node | undefined =>
  /^Export(Named|Default)Declaration$/.test(statement.type)
    ? ((statement['declaration'] ?? undefined) as Node | undefined)
    : statement;

/** Where a statement stands among others, which are in the order of the text. */
function indexOf(statement: Node, body: readonly Node[]): number {
  let [low, high] = [0, body.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (body[middle]!.start < statement.start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** More than anybody reads. */
const mostLeftovers = 100;

/** How many of the comments, which stand in the order of the text, end at a place or before it. */
function countUpTo(comments: readonly Comment[], place: number): number {
  let [low, high] = [0, comments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle]!.end <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** In any script two words or a formula explain; a single word, a line of dashes or of emoji, explains nothing. */
const explains = (comment: string) =>
  wordsIn(comment) >= 2 ||
  /[\p{L}\p{N})\]]\s*[=~∼≈∈→+\-−*/·^<>≤≥]\s*[-−√([{\p{L}\p{N}]/u.test(comment.replace(/([-=~*+])\1+/g, ''));

function wordsIn(comment: string): number {
  const spaced = comment.match(/[\p{L}\p{M}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*/gu) ?? [];
  if (spaced.length >= 2 || !unspaced.test(comment)) return spaced.length;
  const found = [...dividedWords(comment.slice(0, longestRead))].filter(({ segment }) => /\p{L}/u.test(segment));
  return Math.max(spaced.length, found.length);
}

/** Not every script sets spaces between words: there a dictionary says where they end. Reading it takes as long as reading a program. */
function dividedWords(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  return segmenter.segment(text);
}
let segmenter: Intl.Segmenter | undefined;

const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Two words stand at the beginning, if anywhere. */
const longestRead = 10_000;

interface Exported {
  name: string;
  what: ModuleOutline['exports'][number]['what'];
  /** The statement above which a comment belongs. */
  statement: Node;
}

function exportsOf(program: Node): Exported[] {
  const body = program['body'] as Node[];
  const declared = new Map(body.flatMap((node) => declarationsIn(node)).map((found) => [found.name, found]));
  return body.flatMap((node): Exported[] => {
    if (isErased(node)) return [];
    if (node.type === 'ExportDefaultDeclaration') {
      const value = node['declaration'] as Node;
      if (isErased(value)) return [];
      const known = value.type === 'Identifier' ? declared.get(nameOf(value)!) : undefined;
      return [{ name: 'default', what: known?.what ?? whatIs(value), statement: known?.statement ?? node }];
    }
    if (node.type !== 'ExportNamedDeclaration') return [];
    if (node['declaration'] !== null && node['declaration'] !== undefined) return declarationsIn(node);
    const local = node['source'] === null || node['source'] === undefined;
    return ((node['specifiers'] ?? []) as Node[])
      .filter((specifier) => specifier.type === 'ExportSpecifier' && !isErased(specifier))
      .map((specifier) => {
        const known = local ? declared.get(nameOf(specifier['local'])!) : undefined;
        const name = nameOf(specifier['exported'])!;
        // What another module declares is explained there.
        return { name, what: known?.what ?? 'value', statement: known?.statement ?? node };
      });
  });
}

/** Functions, classes and values that a statement declares; types are nobody's concern here. */
function declarationsIn(statement: Node): Exported[] {
  const declaration = statement.type === 'ExportNamedDeclaration' ? (statement['declaration'] as Node) : statement;
  if (declaration === null || declaration === undefined || isErased(declaration)) return [];
  if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') {
    const name = nameOf(declaration['id']);
    return name === undefined ? [] : [{ name, what: whatIs(declaration), statement }];
  }
  if (declaration.type !== 'VariableDeclaration') return [];
  return (declaration['declarations'] as Node[]).flatMap((declarator) => {
    const name = nameOf(declarator['id']);
    const value = declarator['init'] as Node | null;
    return name === undefined ? [] : [{ name, what: value === null ? 'value' : whatIs(value), statement }];
  });
}

function whatIs(node: Node): Exported['what'] {
  const { type } = unwrap(node);
  if (/^Class(Declaration|Expression)$/.test(type)) return 'class';
  return /Function(Declaration|Expression)$/.test(type) ? 'function' : 'value';
}
