/** Exports that nobody imports. */
import ts from 'typescript';
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

const parse = ({ path, text }: SourceText) => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);

/** `path: name` of everything that a file imports from another of ours; `path: *` where it takes all of it. */
function namesTaken(file: SourceText): string[] {
  const taken: string[] = [];
  const target = (specifier: string) => relative(root, resolve(root, dirname(file.path), specifier));
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
      const from = (node.moduleSpecifier as ts.StringLiteral).text;
      const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
      if (bindings !== undefined && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings))) {
        for (const { propertyName, name } of bindings.elements)
          taken.push(`${target(from)}: ${(propertyName ?? name).text}`);
      } else taken.push(`${target(from)}: *`);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [from] = node.arguments;
      if (from !== undefined && ts.isStringLiteral(from)) taken.push(`${target(from.text)}: *`);
    } else if (ts.isNewExpression(node) && node.arguments?.[0] !== undefined && ts.isStringLiteral(node.arguments[0])) {
      taken.push(`${target(node.arguments[0].text)}: *`);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      taken.push(`${target((node.argument.literal as ts.StringLiteral).text)}: *`);
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return taken;
}

function namesGiven(file: SourceText): string[] {
  return parse(file).statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    if (!isExported) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
    }
    const { name } = statement as ts.DeclarationStatement;
    return name === undefined ? [] : [(name as ts.Identifier).text];
  });
}
