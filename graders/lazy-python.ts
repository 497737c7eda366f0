/** Python is looked for when the first submission in it asks: who hands in nothing of it needs none. */
import type { Coursework } from './coursework.ts';
import type { SandboxLevel } from './model/guest.ts';
import type { Submission } from './model/submission.ts';
import type { PythonPlace } from './python-sources.ts';
import { NoPython } from './runtimes/python/no-python.ts';
import type { PythonRuntime } from './runtimes/python/stage-python.ts';
import { pythonVersions, stagePython } from './runtimes/python/stage-python.ts';
import { openCopies } from './sandbox/session/copies.ts';
import { startHere } from './sandbox/session/start-here.ts';
import type { Start } from './sandbox/session/start.ts';
import type { WarmGuest } from './sandbox/session/session.ts';
import { keepWarm } from './sandbox/session/warm-guests.ts';

/** What programs in Python share in a batch: runtimes, each staged when it is first needed, and processes that wait for one. */
interface LazyPython {
  /** Why this program is not run here, if that is so: it is the machine's doing and nobody's mark. */
  refuses(submission: Submission, level: SandboxLevel): Promise<string | undefined>;
  place(): Promise<PythonPlace>;
  begin(): void;
  prepare(): void;
  close(): Promise<unknown>;
}

/** Looks for nothing yet; `command` is the interpreter or environment that was named, `submissions` how many will come, `startedBy` who starts processes instead of the grader. */
export function lazyPython(
  { assignment, givenPython }: Coursework,
  command: string | undefined,
  submissions: number,
  startedBy: Start | undefined,
): LazyPython {
  const [warm, warmWithLibraries] = [keepWarm(submissions), keepWarm(submissions)];
  const ways = [warm, warmWithLibraries];
  const copies = openCopies(startedBy ?? startHere);
  const waiting = new Set<WarmGuest>();
  /** Of a submission that was read and never run the process is left. */
  const closeWaiting = async () => {
    const left = [...waiting];
    waiting.clear();
    await Promise.all(left.map((guest) => guest.exchange.close()));
  };
  // One that has little to load is copied where many come; beside a tensor library two policies of one submission are enough.
  const ofMany = submissions > 1 ? copies : undefined;
  let made: Promise<PythonPlace> | undefined;
  const make = async (): Promise<PythonPlace> => {
    const { packages } = assignment.python!;
    const runtime = await stagePython(packages, command);
    let read: Promise<PythonRuntime> | undefined;
    const reader = () => (read ??= stagePython([], command));
    const staged = new Map<string, Promise<PythonRuntime>>();
    const withLibraries = (libraries: readonly string[]): Promise<PythonRuntime> => {
      const known = staged.get(libraries.join()) ?? stagePython([...packages, ...libraries], command, submissions > 1);
      staged.set(libraries.join(), known);
      return known;
    };
    return {
      runtime,
      reader,
      withLibraries,
      warm,
      warmWithLibraries,
      waiting,
      startedBy,
      copies,
      ofMany,
      given: givenPython ?? [],
    };
  };
  const place = () => (made ??= make());
  return {
    async refuses(submission, level) {
      if (level !== 'A' && level !== 'A-') return TOO_OPEN;
      const { packages, libraries = [] } = assignment.python!;
      try {
        // Asked what it is, and not yet staged: a submission whose verdicts are all remembered needs no process.
        await pythonVersions(packages, command);
        for (const library of libraries.filter((name) => imports(submission, name)))
          await pythonVersions([...packages, library], command);
        return undefined;
      } catch (error) {
        if (error instanceof NoPython) return error.message;
        throw error;
      }
    },
    place,
    begin: () => {
      void closeWaiting();
      ways.forEach((way) => way.begin());
    },
    prepare: () => ways.forEach((way) => way.prepare()),
    async close() {
      await Promise.all([...ways.map((way) => way.close()), closeWaiting()]);
      await copies.close();
    },
  };
}

/** By the look of its texts, before anything is read inside: it is asked only whether this machine has what it takes. */
const imports = ({ files }: Submission, library: string): boolean => {
  const statement = String.raw`[ \t]*(?:import|from)[ \t]+${library}\b`;
  const inProgram = new RegExp(String.raw`(?:^|;)${statement}`, 'm');
  // In a notebook's JSON a line begins after a quotation mark, or after an escaped newline.
  const inNotebook = new RegExp(String.raw`(?:"|\\n|;)${statement}`);
  return files.some(({ path, text }) =>
    path.endsWith('.py') ? inProgram.test(text) : path.endsWith('.ipynb') && inNotebook.test(text),
  );
};

const TOO_OPEN =
  'Programs in Python are run at sandbox level A or A− only, which this machine does not reach: below, nothing would keep them from its files. "gradmark doctor" says what is missing.';
