/**
 * The modules of the package for students: the command line, the engine, and the questions that practice packs name, each with
 * what it imports when it runs. Commands that need keys stay behind, and with them everything that knows an answer.
 */
import { relative, resolve, dirname } from 'node:path';
import type { SourceText } from '../house/sources.ts';
import { isTest, root, sourcesIn } from '../house/sources.ts';

/** What students run. The other commands are in the command line, and say that they need the keys. */
const commands = ['check', 'ci', 'data', 'doctor', 'start', 'tasks'];

/** What is started by its path, which no import tells. */
const started = /^graders\/(runtimes|sandbox|protocol)\//;
const question = /^graders\/(kinds|checks)\/.*-question\.ts$/;

/** What students' own tests import. */
const forTests = ['graders/vitest.ts', 'graders/vitest/reporter.ts'];

/** Rooms that hold what is right or wrong; the topics of mistakes are folders, and what questions share with checks is open. */
const secret = /^reference\/|^graders\/(mistakes\/[^/]+|audit|packing)\/|^graders\/checks\/.*(\/checks|-key)\.ts$/;

/** Paths of the modules, in order. Throws where one of them is a secret: a mistake in the imports, not in this list. */
export function publicFiles(): string[] {
  const sources = new Map(sourcesIn('graders', 'reports').map((source) => [source.path, source]));
  const isOpen = ({ path }: SourceText) => !isTest({ path }) && (started.test(path) || question.test(path));
  const starts = ['graders/cli.ts', ...forTests, ...[...sources.values()].filter(isOpen).map(({ path }) => path)];
  const reached = new Map<string, string>();
  const visit = (path: string, from: string): void => {
    if (reached.has(path) || isStaffCommand(path)) return;
    reached.set(path, from);
    for (const target of runImportsOf(sources.get(path)!)) if (sources.has(target)) visit(target, path);
  };
  for (const path of starts) visit(path, path);
  const secrets = [...reached].filter(([path]) => secret.test(path));
  if (secrets.length > 0)
    throw new Error(`The package for students would hold:\n${secrets.map((pair) => pair.join(' ← ')).join('\n')}`);
  return [...reached.keys()].sort();
}

const isStaffCommand = (path: string): boolean => {
  const [, command] = /^graders\/cli\/run-([a-z-]+)\.ts$/.exec(path) ?? [];
  return command !== undefined && !commands.includes(command);
};

/** What a module imports of the project's own when it runs: types are gone by then. */
function runImportsOf({ path, text }: SourceText): string[] {
  return [
    ...text.matchAll(/^\s*(?:import|export)\s(?!type\s)(?:[^'"]*?\sfrom\s)?['"](\.[^'"]+)['"]/gm),
    ...text.matchAll(/\bimport\(\s*['"](\.[^'"]+)['"]/g),
    ...text.matchAll(/new URL\(\s*['"](\.[^'"]+\.ts)['"]/g),
  ].map((match) => relative(root, resolve(root, dirname(path), match[1]!)));
}
