/** A syntax tree as plain nodes, and the one way to walk it: values only, never types. */
import { parse } from '@babel/parser';
import type { SourceFile, SourcePlace } from '../../../model/submission.ts';

export interface Node {
  type: string;
  start: number;
  end: number;
  loc: Record<'start' | 'end', { line: number; column: number }>;
  [field: string]: unknown;
}

/** A comment, without its signs. */
export interface Comment extends Node {
  value: string;
}

/** Why a text is no program, and where. */
export interface Misread {
  message: string;
  place: SourcePlace;
}

/** Whether a file is TypeScript, by its ending. */
export const isTyped = (path: string): boolean => /\.([mc]?ts|tsx)$/.test(path);

/** The syntax tree of a module, or the first mistake in it. Runs in time and stack that only the worker bounds. */
export function parseSource({ path, text }: SourceFile): { program: Node; comments: Comment[] } | Misread {
  try {
    const file = parse(text, {
      sourceType: 'module',
      plugins: [
        ...(['decorators', 'decoratorAutoAccessors'] as const),
        ...(isTyped(path) ? (['typescript'] as const) : []),
        ...(/\.[jt]sx$/.test(path) ? (['jsx'] as const) : []),
      ],
      createImportExpressions: true,
      attachComment: false,
    });
    const comments = (file.comments ?? []) as unknown as Comment[];
    return { program: file.program as unknown as Node, comments };
  } catch (error) {
    const { loc, message } = error as Error & { loc?: { line: number; column: number } };
    if (!(error instanceof SyntaxError) || loc === undefined) throw error;
    const place = { path, line: loc.line, column: loc.column + 1 };
    return { message: message.replace(/ \(\d+:\d+\)$/, ''), place };
  }
}

/** TypeScript nodes that wrap or hold values; every other TS node is a type and gone when the program runs. */
const valueBearing = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'TSParameterProperty',
  'TSExportAssignment',
  'TSImportEqualsDeclaration',
  'TSEnumDeclaration',
  'TSEnumBody',
  'TSEnumMember',
  'TSModuleDeclaration',
  'TSModuleBlock',
]);

const wrappers = new Set([...valueBearing].filter((type) => type.endsWith('Expression') || type === 'TSTypeAssertion'));

/** `x!`, `x as T`, `<T>x`, `(x)`: the value is that of `x`. */
export const isWrapper = (node: Node): boolean => wrappers.has(node.type) || node.type === 'ParenthesizedExpression';

export function unwrap(node: Node): Node {
  let inner = node;
  while (isWrapper(inner)) inner = inner['expression'] as Node;
  return inner;
}

/** True for what TypeScript erases: types, `declare …`, `import type`, `export type`. */
export function isErased(node: Node): boolean {
  if (node.type.startsWith('TS') && !valueBearing.has(node.type)) return true;
  return node['declare'] === true || node['importKind'] === 'type' || node['exportKind'] === 'type';
}

/** `a.b`, `a?.b` and `a['b']`. */
export const isMember = (node: Node | undefined): node is Node =>
  node?.type === 'MemberExpression' || node?.type === 'OptionalMemberExpression';

/** `a === b` and its like, whose value tells nothing but whether they are. */
export const isComparison = (node: Node | undefined): boolean =>
  node?.type === 'BinaryExpression' && /^[!=]==?$/.test(node['operator'] as string);

/** True where a member is written to or deleted. */
export function changes(target: Node | undefined, member: Node): boolean {
  if (target?.type === 'AssignmentExpression') return unwrap(target['left'] as Node) === member;
  return target?.type === 'UpdateExpression' || (target?.type === 'UnaryExpression' && target['operator'] === 'delete');
}

const fieldsWithoutNodes = new Set(['type', 'start', 'end', 'loc', 'extra', 'errors', 'comments', 'tokens']);

/** The children that exist when the program runs, with the field they stand in. */
export function childrenOf(node: Node): [field: string, child: Node][] {
  const children: [string, Node][] = [];
  for (const field in node) {
    if (fieldsWithoutNodes.has(field)) continue;
    const value = node[field];
    if (Array.isArray(value)) {
      for (const child of value) if (isNode(child) && !isErased(child)) children.push([field, child]);
    } else if (isNode(value) && !isErased(value)) children.push([field, value]);
  }
  return children;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** The static name of a property key or import specifier: `a`, `'a'`, `0`; undefined when it is computed. */
export function nameOf(key: unknown, computed = false): string | undefined {
  if (!isNode(key)) return undefined;
  if (key.type === 'Identifier' && !computed) return key['name'] as string;
  return key.type === 'StringLiteral' || key.type === 'NumericLiteral' ? String(key['value']) : undefined;
}
