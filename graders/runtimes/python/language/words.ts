/** Sentences of the checks, which call things as the sheet does, in the words of somebody who writes Python. */
import type { ArgumentContract, Contract } from '../../../model/contract.ts';
import { pythonModuleOf } from './unit-files.ts';

/** `weightsBackward` as `weights_backward`, by the rule that the guest goes by (guest/contract.py). */
export const snake = (name: string): string => name.replace(/(?<=[a-z0-9])([A-Z])/g, '_$1').toLowerCase();

/** What turns a sentence into Python's words; `units` are the sheet's names of what is handed in. */
export function inPython({ names, words = {} }: Contract, units: readonly string[]): (text: string) => string {
  const modules = units.map((unit): Replacement => [
    new RegExp(`(?<![\\w/.-])${escaped(unit)}\\.ts\\b`, 'g'),
    pythonModuleOf(unit),
  ]);
  const said = Object.entries(words)
    .sort(([a], [b]) => b.length - a.length)
    .map(([from, to]): Replacement => [new RegExp(escaped(from), 'g'), to]);
  const called = Object.entries(names).flatMap(([name, { called: [first = officialOf(name)] = [] }]): Replacement[] => {
    const short = name.split('.').at(-1)!;
    if (first === short) return [];
    // A name of one small word may be a word of the sentence as well.
    const isPlain = !/[a-z][A-Z]/.test(short);
    return [[new RegExp(`${isPlain ? '(?<=\\w\\.)' : '(?<!\\w)'}${escaped(short)}(?!\\w)`, 'g'), first]];
  });
  const handedOver = argumentsIn(Object.values(names).flatMap(({ takes = [] }) => takes)).map((name): Replacement => [
    new RegExp(`(?<!\\w)${camel(name)}(?!\\w)`, 'g'),
    name,
  ]);
  const all = [...modules, ...said, ...called, ...handedOver, ...phrases];
  return (text) => all.reduce((so, [from, to]) => so.replace(from, to), text);
}

type Replacement = readonly [from: RegExp, to: string];

/** `step_size`, which the sheet calls `stepSize`: what arguments of several words are called. */
const argumentsIn = (takes: readonly ArgumentContract[]): string[] => [
  ...new Set(
    takes
      .flatMap(({ name = '', options = [] }) => [snake(name), ...argumentsIn(options)])
      .filter((name) => name.includes('_')),
  ),
];

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const officialOf = (name: string): string => {
  const short = name.split('.').at(-1)!;
  return /[a-z][A-Z]/.test(short) ? snake(short) : short;
};

/** What is the same for every sheet. */
const phrases: readonly Replacement[] = [
  // An index past the end raises, and so does a sum with None.
  [/\ba missing number before it \([^()]*\), then for /g, ''],
  [/\bnew (\w+) threw\b/g, '$1(…) raised'],
  [/\bnew (\w+)\(/g, '$1('],
  [/\bthrew\b/g, 'raised'],
  [/\bthrows\b/g, 'raises'],
  [/\bundefined\b/g, 'None'],
  // Not the end of a path.
  [/(?<!\/)\bnull\b/g, 'None'],
  [/\bMath\.(\w+)/g, 'np.$1'],
  [/\ba typed array\b/g, 'an array'],
  [/\bfor instance with map\b/g, 'for instance with copy()'],
];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
