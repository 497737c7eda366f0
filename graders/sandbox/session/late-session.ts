/** A session whose process starts when something is first asked of it: of what was not handed in, or cannot be read, nothing is. */
import type { Session } from './session.ts';

/** `start` is called at the first request, and again at the next one if it rejects, as that request does then. */
export function lateSession(
  { backend, precision }: Pick<Session, 'backend' | 'precision'>,
  start: () => Promise<Session>,
): Session {
  let starting: Promise<Session> | undefined;
  let session: Session | undefined;
  const begun = async (): Promise<Session> => {
    starting ??= start();
    try {
      return (session = await starting);
    } catch (error) {
      starting = undefined;
      throw error;
    }
  };
  return {
    backend,
    precision,
    get alive() {
      return session?.alive ?? true;
    },
    output: () => session?.output() ?? '',
    close: async () => {
      const started = await starting?.catch(() => undefined);
      await started?.close();
    },
    exports: async (...asked) => (await begun()).exports(...asked),
    call: async (...asked) => (await begun()).call(...asked),
    construct: async (...asked) => (await begun()).construct(...asked),
    make: async (...asked) => (await begun()).make(...asked),
    get: async (...asked) => (await begun()).get(...asked),
    getAll: async (...asked) => (await begun()).getAll(...asked),
    set: async (...asked) => (await begun()).set(...asked),
    setAll: async (...asked) => (await begun()).setAll(...asked),
    take: async (...asked) => (await begun()).take(...asked),
    describe: async (...asked) => (await begun()).describe(...asked),
    seed: async (...asked) => (await begun()).seed(...asked),
    seen: async (...asked) => (await begun()).seen(...asked),
    release: async (...asked) => (await begun()).release(...asked),
  };
}
