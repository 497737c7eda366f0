/** Exports that nobody imports. */
import { parse as parseBabel } from '@babel/parser';
import type { File, Identifier, Node, StringLiteral } from '@babel/types';
import { dirname, relative, resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import type { SourceText } from './sources.ts';
import { isTest, root } from './sources.ts';

/** Files whose exports are read from outside: by the command, by whoever installs the package, or by name at run time or when the program is compiled. */
const entries =
  /^(graders\/cli\.ts|graders\/runtimes\/node\/guest\/core\.ts|graders\/checks\/[^/]+\/checks\.ts|assignments\/|reference\/(?!oracles\/)|graders\/\w+\/\w+-validators\.ts|scripts\/)/;

/**
 * `path: name` of every export of the house that no other file needs. What a test imports is needed where its own file uses it
 * as well: a part is then tested by itself; what only tests use is not.
 */
export function unusedExports(files: readonly SourceText[]): string[] {
  const open = new Set([...publicEntries(), ...files.filter(({ path }) => entries.test(path)).map(({ path }) => path)]);
  const taken = (some: readonly SourceText[]) => new Set(some.flatMap(namesTaken));
  const [used, tested] = [taken(files.filter((file) => !isTest(file))), taken(files.filter(isTest))];
  const isIn = (names: ReadonlySet<string>, path: string, name: string) =>
    names.has(`${path}: ${name}`) || names.has(`${path}: *`);
  return files
    .filter((file) => !isTest(file) && !open.has(file.path) && !isOpenFolder(file.path))
    .flatMap(({ path, text }) =>
      namesGiven({ path, text })
        .filter((name) => {
          const isUsedInside = [...text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length > 1;
          return !isIn(used, path, name) && !(isUsedInside && isIn(tested, path, name));
        })
        .map((name) => `${path}: ${name}`),
    );
}

/** Folders every file of which package.json exports. */
const isOpenFolder = (path: string) =>
  publicEntries().some((entry) => entry.endsWith('/*.ts') && path.startsWith(entry.slice(0, -'*.ts'.length)));

/** Sources of what package.json exports. */
function publicEntries(): string[] {
  const { exports } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { exports: Record<string, unknown> };
  return Object.values(exports).flatMap((entry) => {
    const built = typeof entry === 'object' && entry !== null ? (entry as { default?: string }).default : undefined;
    return built === undefined ? [] : [built.replace('./dist/', '').replace(/\.js$/, '.ts')];
  });
}

const parse = ({ text }: SourceText): File => parseBabel(text, { sourceType: 'module', plugins: ['typescript'] });

/** What stands between quotes, or nothing where it is another kind of expression. */
const textOf = (node: Node | null | undefined) => (node?.type === 'StringLiteral' ? node.value : undefined);

/** `path: name` of everything that a file imports from another of ours; `path: *` where it takes all of it. */
function namesTaken(file: SourceText): string[] {
  const taken: string[] = [];
  const take = (specifier: string | undefined, name: string) => {
    if (specifier === undefined) return;
    taken.push(`${relative(root, resolve(root, dirname(file.path), specifier))}: ${name}`);
  };
  everyNode(parse(file).program, (node) => {
    if (node.type === 'ImportDeclaration' || node.type === 'ExportNamedDeclaration') {
      for (const specifier of node.specifiers) {
        if (specifier.type === 'ImportSpecifier') take(node.source?.value, nameOf(specifier.imported));
        else if (specifier.type === 'ExportSpecifier') take(node.source?.value, specifier.local.name);
        else take(node.source?.value, '*');
      }
      if (node.specifiers.length === 0) take(node.source?.value, '*');
    } else if (node.type === 'ExportAllDeclaration') take(node.source.value, '*');
    else if (node.type === 'CallExpression' && node.callee.type === 'Import') take(textOf(node.arguments[0]), '*');
    else if (node.type === 'NewExpression') take(textOf(node.arguments[0]), '*');
    else if (node.type === 'TSImportType') take(textOf(node.argument as Node), '*');
  });
  return taken;
}

const nameOf = (name: Identifier | StringLiteral) => (name.type === 'Identifier' ? name.name : name.value);

/** Calls `see` with every node of a tree, types included. */
function everyNode(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const child of Object.values(node).flat() as unknown[]) {
    if (typeof child === 'object' && child !== null && typeof (child as Node).type === 'string')
      everyNode(child as Node, see);
  }
}

function namesGiven(file: SourceText): string[] {
  return parse(file).program.body.flatMap((statement) => {
    const given = statement.type === 'ExportNamedDeclaration' ? statement.declaration : undefined;
    if (given === undefined || given === null) return [];
    if (given.type === 'VariableDeclaration')
      return given.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
    return 'id' in given && given.id?.type === 'Identifier' ? [given.id.name] : [];
  });
}
