/** Objects of the student's, kept inside: made by their constructors, and asked by their methods. */
import type { Arg, Guest, Value } from '../model/guest.ts';
import { inWords, isHandle } from '../values.ts';
import { ProgramStopped } from '../stopped.ts';

export type Handle = Extract<Value, { kind: 'handle' }>;

/** A class of the student's: the unit of the sheet that holds it, and its name. */
export interface StudentClass {
  module: string;
  name: string;
}

/** A new object of the student's, kept inside; a function that returns one is fine too. */
export async function construct(guest: Guest, target: StudentClass, args: readonly Arg[]): Promise<Handle> {
  const { value } = await guest.construct(target, args);
  if (isHandle(value)) return value;
  throw new ProgramStopped('crash', `new ${target.name}(…) gave ${inWords(value)}, not an object.`);
}

/** What a method of an object that is kept inside returns. */
export const callMethod = async (guest: Guest, object: number, method: string, args: readonly Arg[]): Promise<Value> =>
  (await guest.call({ handle: object, method }, args)).value;

/** Which of its accepted names a method has; the first is the one that is missed. */
export const methodOf = ({ keys }: Pick<Handle, 'keys'>, names: readonly string[]): string =>
  names.find((name) => keys.includes(name)) ?? names[0]!;

/** Calls a method under any of its accepted names. */
export const callAny = (guest: Guest, object: Handle, names: readonly string[], args: readonly Arg[]): Promise<Value> =>
  callMethod(guest, object.id, methodOf(object, names), args);

/** The object that stands in another one, e.g. at `layers.0`; undefined where there is none. */
export async function innerObject(guest: Guest, object: number, path: string): Promise<Handle | undefined> {
  const inner = await guest.get(object, path, { keep: 'handle' });
  return isHandle(inner) ? inner : undefined;
}

/** A call whose result is not judged, for objects that remember something; one that crashes is judged elsewhere. */
export async function warmUp(guest: Guest, object: number, method: string, args: readonly Arg[]): Promise<void> {
  await unlessCrashed(() => callMethod(guest, object, method, args));
}

async function unlessCrashed(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ProgramStopped && error.kind === 'crash')) throw error;
  }
}
