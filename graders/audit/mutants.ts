/**
 * Syntax-tree mutants of a correct program: small slips as people make them. General ones come from Stryker's instrumenter,
 * those of tensor code (swapped operations, dropped calls, other axes, exchanged arguments) from tensor-mutants.ts.
 */
import { createInstrumenter } from '@stryker-mutator/instrumenter';
import { createInjector } from 'typed-inject';
import type { SourceFile } from '../model/submission.ts';
import type { Mutant } from './mutant.ts';
import { tensorMutants } from './tensor-mutants.ts';

/** Stryker's kinds that change only words for people, or repeat what tensor mutants do. */
const excluded = ['StringLiteral', 'Regex', 'OptionalChaining'];

/** All mutants of a file, each a different text, in the order of their places. */
export async function mutantsOf(file: SourceFile): Promise<Mutant[]> {
  const all = [...(await generalMutants(file)), ...tensorMutants(file)];
  const seen = new Set([file.text]);
  return all
    .sort((a, b) => a.start - b.start || a.end - b.end || (a.replacement < b.replacement ? -1 : 1))
    .filter((mutant) => {
      const text = applyMutant(file, mutant).text;
      if (seen.has(text)) return false;
      seen.add(text);
      return true;
    });
}

/** The file with the mutant in it. */
export function applyMutant(file: SourceFile, { start, end, replacement }: Mutant): SourceFile {
  return { ...file, text: file.text.slice(0, start) + replacement + file.text.slice(end) };
}

/** The mutant as the lines it changes, before and after. */
export function mutantDiff(file: SourceFile, mutant: Mutant): string {
  const from = file.text.lastIndexOf('\n', mutant.start - 1) + 1;
  const to = file.text.indexOf('\n', mutant.end);
  const before = file.text.slice(from, to === -1 ? undefined : to);
  const after =
    file.text.slice(from, mutant.start) + mutant.replacement + file.text.slice(mutant.end, to === -1 ? undefined : to);
  const line = file.text.slice(0, mutant.start).split('\n').length;
  const lines = (text: string, sign: string) =>
    text
      .split('\n')
      .map((one) => `${sign} ${one.trim()}`)
      .join('\n');
  return `${file.path}:${line} (${mutant.operator})\n${lines(before, '-')}\n${lines(after, '+')}`;
}

async function generalMutants(file: SourceFile): Promise<Mutant[]> {
  const silent = new Proxy({}, { get: () => () => false });
  const injector = createInjector().provideValue('logger', silent);
  // The instrumenter is written for Stryker's own injector, of which it uses the logger alone.
  const instrumenter = createInstrumenter(injector as unknown as Parameters<typeof createInstrumenter>[0]);
  const { mutants } = await instrumenter.instrument([{ name: file.path, content: file.text, mutate: true }], {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
  });
  const lineStarts = [0, ...[...file.text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const offset = ({ line, column }: { line: number; column: number }) => lineStarts[line]! + column;
  return mutants.flatMap(({ mutatorName, replacement, location }) =>
    excluded.includes(mutatorName)
      ? []
      : [
          {
            path: file.path,
            operator: mutatorName,
            start: offset(location.start),
            end: offset(location.end),
            replacement,
          },
        ],
  );
}
