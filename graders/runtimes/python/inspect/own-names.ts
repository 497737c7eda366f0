/**
 * What a program calls the things of the sheet, found by the look of its texts: `f_Relu` is `f_relu`, and where nothing has a name
 * of the sheet's, a class that has the kind of name which the contract describes stands for it.
 */
import type { Assignment } from '../../../model/assignment.ts';
import type { NameContract } from '../../../model/contract.ts';
import type { SourceFile } from '../../../model/submission.ts';

/** The assignment with a contract that knows the program's own names as well. */
export function withOwnNames(assignment: Assignment, texts: readonly SourceFile[]): Assignment {
  const { python } = assignment;
  if (python === undefined) return assignment;
  const defined = texts.flatMap(({ text }) => definitionsIn(text));
  const names = Object.entries(python.names).map(([name, entry]) => [name, withOwn(name, entry, defined)] as const);
  return { ...assignment, python: { ...python, names: Object.fromEntries(names) } };
}

interface Definition {
  isClass: boolean;
  name: string;
  /** What a class or method is of its own file alone stands further in. */
  isTop: boolean;
}

/** In a notebook each line of a cell is a string of its own, or all of them are one. */
const definition = /(?:^|"|\\n)((?:\\t|[ \t]){0,40})(?:async )?(class|def) {1,4}([A-Za-z_]\w{0,99})/gm;

const definitionsIn = (text: string): Definition[] =>
  [...text.matchAll(definition)].map(([, indent, kind, name]) => ({
    isClass: kind === 'class',
    name: name!,
    isTop: indent === '',
  }));

const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();

function withOwn(name: string, entry: NameContract, defined: readonly Definition[]): NameContract {
  const called = [...(entry.called ?? []), name.replace(/^.*\./, '')];
  const ofKind = defined.filter(({ isClass }) => isClass === /^[A-Z]/.test(called[0]!));
  const plainly = new Set(called.map(plain));
  const same = ofKind.filter((one) => plainly.has(plain(one.name)));
  const like = entry.like === undefined || same.length > 0 ? undefined : new RegExp(entry.like);
  const others = like === undefined ? [] : ofKind.filter((one) => one.isTop && like.test(plain(one.name))).toReversed();
  const own = [...same, ...others].map((one) => one.name).filter((one) => !called.includes(one));
  return own.length === 0 ? entry : { ...entry, called: [...(entry.called ?? [name]), ...new Set(own)] };
}
