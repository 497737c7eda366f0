/** A guest that is addressed by the units of the sheet, and says of one that cannot run why it cannot. */
import type { OpenGuest } from './check-context.ts';
import type { Target } from './model/guest.ts';

/** `ready` gives the file of a unit, or rejects with the sentence why there is none to run. */
export function addressedByUnits(session: OpenGuest, ready: (unit: string) => Promise<string>): OpenGuest {
  const addressed = async <T extends Target>(target: T): Promise<T> =>
    'module' in target ? { ...target, module: await ready(target.module) } : target;
  // Methods are read through the session, so that `alive` and what else changes there is seen here.
  return new Proxy(session, {
    get(of, key: keyof OpenGuest) {
      if (key === 'exports') return async (unit: string) => of.exports(await ready(unit));
      if (key === 'call') {
        return async (...[target, args, options]: Parameters<OpenGuest['call']>) =>
          of.call(await addressed(target), args, options);
      }
      if (key === 'construct') {
        return async (...[target, args, options]: Parameters<OpenGuest['construct']>) =>
          of.construct(await addressed(target), args, options);
      }
      const value = of[key];
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });
}
