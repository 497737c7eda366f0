/**
 * Who differentiates past all guards is shown by what comes out: the same call is made beside a library of right values whose
 * derivatives are marked. Only an answer that bears the mark says anything; a program that stops there, or answers otherwise,
 * is not accused.
 */
import type { Arg, Guest, Value } from './model/guest.ts';
import { bearsMark } from './numerics/marked-derivative.ts';
import { unlessStopped } from './stopped.ts';

/** What such a call is said to have used. */
const used = "the library's derivative";

/** The guest, whose calls of the student's functions tell of the library's derivative in their answer, though nothing was noticed. */
export function besideMarked<G extends Guest>(guest: G, marked: () => Promise<Guest>): G {
  return new Proxy(guest, {
    get(of, key) {
      if (key !== 'call') {
        const value: unknown = Reflect.get(of, key);
        return typeof value === 'function' ? (value.bind(of) as unknown) : value;
      }
      return async (...[target, args, options]: Parameters<Guest['call']>) => {
        const reply = await of.call(target, args, options);
        // An object that is kept inside one process is not inside the other.
        if (reply.differentiated !== undefined || !('module' in target) || args.some(holdsHandle)) return reply;
        const other = await unlessStopped(async () => (await marked()).call(target, args, options), undefined);
        return other !== undefined && isDerived(reply.value, other.value) ? { ...reply, differentiated: used } : reply;
      };
    },
  });
}

/** Whether any array of the answer bears the mark. */
function isDerived(plain: Value, marked: Value): boolean {
  const [ours, theirs] = [listsOf(plain), listsOf(marked)];
  return ours.length === theirs.length && ours.some((list, i) => bearsMark(list, theirs[i]!));
}

function listsOf(value: Value): Float64Array[] {
  if (typeof value !== 'object' || value === null) return [];
  if (value.kind === 'array') return [value.data];
  if (value.kind === 'list') return value.items.flatMap(listsOf);
  return value.kind === 'record' ? Object.values(value.entries).flatMap(listsOf) : [];
}

function holdsHandle(arg: Arg): boolean {
  if (typeof arg !== 'object' || arg === null) return false;
  if (arg.kind === 'list') return arg.items.some(holdsHandle);
  return arg.kind === 'handle' || (arg.kind === 'record' && Object.values(arg.entries).some(holdsHandle));
}
