/** What a reader sees first of a module: what it exports and whether that is explained, what it imports, what is left to do. */
import type { ModuleOutline, SourceFile, SourcePlace } from '../model.ts';
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
  const documented = (statement: Node) => {
    // Only the nearest comment above can stand right above.
    const above = comments[countUpTo(comments, statement.start) - 1];
    return above !== undefined && explains(above.value) && /^\s*$/.test(text.slice(above.end, statement.start));
  };
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

/** Two words or a formula explain; a single word, or a line of dashes, explains nothing. */
const explains = (comment: string) =>
  (comment.match(/[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*/gu) ?? []).length >= 2 ||
  /[\p{L}\p{N})\]]\s*[=~∼≈∈→+\-−*/·^<>≤≥]\s*[-−√([{\p{L}\p{N}]/u.test(comment.replace(/([-=~*+])\1+/g, ''));

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
