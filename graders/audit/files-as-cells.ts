/** A program in files as one notebook: each file a cell under the heading of its unit, without the imports between them. */
import type { Assignment } from '../model/assignment.ts';
import type { Contract } from '../model/contract.ts';
import type { SourceFile } from '../model/submission.ts';
import { pythonModuleOf } from '../runtimes/python/language/unit-files.ts';

interface Sheet {
  tasks: Assignment['tasks'];
  contract: Contract;
}

/** The text of the notebook; helpers come first, then the units in the order of the sheet. */
export function notebookOf(files: readonly SourceFile[], { tasks, contract }: Sheet): string {
  const programs = files.filter(({ path }) => path.endsWith('.py'));
  const units = [...new Set(tasks.flatMap(({ unit }) => unit ?? []))];
  const placeOf = ({ path }: SourceFile) => units.findIndex((unit) => pythonModuleOf(unit) === path);
  const own = programs.map(({ path }) => moduleOf(path));
  const given = (contract.given ?? []).map(moduleOf);
  const cells = programs
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .flatMap((file) => {
      const unit = units[placeOf(file)];
      const heading = (unit !== undefined && contract.units?.[unit]?.headings?.[0]) || moduleOf(file.path);
      const others = programs.filter((other) => other !== file);
      return [
        { cell_type: 'markdown', metadata: {}, source: `## ${heading}` },
        code(apart(withoutImports(file.text, own), given, others)),
      ];
    });
  return JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: {}, cells });
}

const moduleOf = (path: string): string => path.replace(/\.py$/, '').replaceAll('/', '.');

const code = (source: string) => ({ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source });

/** Cells see each other: what is imported from another of the files is there, and under another name only where it gets one. */
function withoutImports(text: string, own: readonly string[]): string {
  return text.replace(importing(own), (_, _module: string, names: string) =>
    namesIn(names)
      .filter(([name, as]) => as !== name)
      .map(([name, as]) => `${as} = ${name}\n`)
      .join(''),
  );
}

/** A name that is imported from what the sheet gives, and that another file defines as well, is kept apart from that one. */
function apart(text: string, given: readonly string[], others: readonly SourceFile[]): string {
  const isElsewhere = (name: string) =>
    others.some((other) => new RegExp(`^(class|def) ${name}\\b`, 'm').test(other.text));
  const doubled = [...text.matchAll(importing(given))]
    .flatMap(([, , names]) => namesIn(names!))
    .filter(([name, as]) => name === as && isElsewhere(name));
  const inUse = doubled.reduce(
    (kept, [name]) => kept.replace(new RegExp(`(?<!\\.)\\b${name}\\b`, 'g'), `given_${name}`),
    text,
  );
  return inUse.replace(importing(given), (_, module: string, names: string) => {
    const listed = namesIn(names).map(([name, as]) => {
      const real = name.replace(/^given_/, '');
      return real === as ? real : `${real} as ${as}`;
    });
    return `from ${module} import ${listed.join(', ')}\n`;
  });
}

const importing = (modules: readonly string[]): RegExp =>
  new RegExp(
    `^from (${modules.map((name) => name.replaceAll('.', '\\.')).join('|')}) import (\\([^)]*\\)|.*)\\n`,
    'gm',
  );

/** `a, b as c` as pairs of a name and what it is called. */
const namesIn = (names: string): [name: string, as: string][] =>
  names
    .replaceAll(/[()\s]+/g, ' ')
    .split(',')
    .map((part) => part.trim().split(' as '))
    .filter(([name]) => name !== '')
    .map(([name, as = name]) => [name!, as!]);
