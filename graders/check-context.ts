/** What the checks of one submission work with: the student's program, the run's randomness, the written answers. */
import type { Problem } from './problem.ts';
import type { Assignment, Policy } from './model/assignment.ts';
import { openAccount, type Account } from './model/account.ts';
import type { Guest, Precision } from './model/guest.ts';
import type { ModuleOutline, PolicyBreach, SourceFile, Submission } from './model/submission.ts';
import type { CheckContext } from './check.ts';
import type { Kept } from './kept-practice.ts';
import { drawProbes, rememberedFaults, serveAsWell } from './probes.ts';
import { besideMarked } from './hidden-derivative.ts';
import { countJudging, forAll } from './judging-time.ts';
import { createRandom, type Random } from './numerics/random.ts';
import { LibraryIncomplete, ProgramStopped } from './stopped.ts';

/** A guest that somebody has to close. */
export interface OpenGuest extends Guest {
  readonly alive: boolean;
  /** What the program printed, capped. */
  output(): string;
  close(): Promise<void>;
}

/** What a start is charged, so that a program which ends itself again and again comes to an end. */
const startMs = 250;

/**
 * What a process hosts: the whole program; or only the modules of tasks with one policy, and nothing that a module of another
 * task has left behind. Those in plain numbers run without a tensor library; those without autodiff beside one that cannot
 * differentiate, `asked-again` beside the whole one if they ask for what is absent, and `marked` beside one whose derivatives
 * can be recognised.
 */
type Hosted = 'whole' | 'forward' | 'asked-again' | 'marked' | 'plain-numbers';

/** Processes with less in them, whose answers hold for a task as well. */
const stricterThan: Record<Hosted, readonly Hosted[]> = {
  whole: ['plain-numbers', 'forward', 'asked-again'],
  forward: [],
  'asked-again': ['forward'],
  marked: [],
  'plain-numbers': [],
};

/** What the check context needs from the rooms that it may not know: sandbox, inspection and the written parts of a submission. */
export interface ContextSources {
  open(options: { precision: Precision; hosted?: Hosted; account?: Account }): Promise<OpenGuest>;
  breaches(unit: string, policy: Policy): Promise<PolicyBreach[]>;
  outlines(): Promise<ModuleOutline[]>;
  answers(file: SourceFile): Record<string, unknown>;
  essay(file: SourceFile, heading: string): string | undefined;
  sidecar(file: SourceFile): unknown;
  /** The plot that stands for a side-car file that was not handed in, of the program of this guest; undefined where none does. */
  plot?(path: string, guest: () => Promise<Guest>): Promise<ShownPlot | undefined>;
}

/** What a side-car file would hold, and where the program draws it. */
export interface ShownPlot {
  where: string;
  content: unknown;
}

/** What has this name, from whoever has computed it for the same batch, or made here. */
export type ComputedOnce = <T>(name: string, make: () => T) => T;

/** What all submissions of a batch share, so that every student is asked the same. */
export interface BatchContext {
  assignment: Assignment;
  /** One for all streams of random numbers, or one for each. */
  seed: number | ((stream: string) => number);
  /** Set where the checks are this program's own: what follows from a teacher's changes when the program does not. */
  isShipped?: true;
  /** Whatever was computed for all: probes, expected answers, known mistakes. */
  shared: Map<string, unknown>;
  /** Where others judge submissions of the same batch. */
  handed?: ComputedOnce;
  /** Where one practises: what follows from the open seed is known from the check before. */
  kept?: Kept | undefined;
  dataFolder: string | undefined;
  full: boolean;
  /** Milliseconds since some fixed point. */
  clock: () => number;
}

export interface OpenContext extends CheckContext {
  /** The same context for the checks of one task: their program runs among its own policy's alone. */
  at(task: string): CheckContext;
  /** Does the work `at` a task, and anew beside the whole library if the program asks for what its process lacks. */
  during<T>(task: string, work: (context: CheckContext) => Promise<T>): Promise<T>;
  output(): string;
  /** What was found behind a plot, in a file or in the program, by then; undefined where nothing was. */
  shown(path: string): ShownPlot | undefined;
  close(): Promise<void>;
}

export function openContext(submission: Submission, batch: BatchContext, sources: ContextSources): OpenContext {
  const shared = new Map<string, Promise<unknown>>();
  const guests = new Map<string, Promise<OpenGuest>>();
  const printed: string[] = [];
  /** Whether the program asked for what a forward library lacks; and in which function of which unit, for what. */
  let needsWhole = false;
  const lacked = new Map<string, string>();
  const account = openAccount();
  const judging = countJudging();
  /** What is asked beside marked derivatives, or once more because an answer is looked at closely, is the grader's own wish. */
  const ownWish = openAccount();

  const file = (path: string): SourceFile => {
    const found = submission.files.find((candidate) => candidate.path === path);
    if (found === undefined) throw new ProgramStopped('missing', `${path} was not handed in.`);
    return found;
  };
  const retire = async (guest: OpenGuest) => {
    // What was printed is complete only once the process is gone.
    await guest.close();
    printed.push(guest.output());
    account.usedMs += startMs;
  };

  const guestOf = async (
    hosted: Hosted,
    { precision = 'single', fresh = false, unbilled = hosted === 'marked' }: Parameters<CheckContext['ask']>[2] = {},
  ) => {
    const key = `${hosted}/${precision}${unbilled ? '/unbilled' : ''}`;
    const current = await guests.get(key);
    if (current?.alive && !fresh) return current;
    if (current !== undefined) {
      guests.delete(key);
      await retire(current);
    }
    const { submissionMs } = batch.assignment.limits;
    // The time of its own calls: whoever waits for the grader, or for a neighbour, pays nothing.
    if (account.usedMs > submissionMs) {
      throw new ProgramStopped('timeout', `The ${submissionMs / 1000} s for the whole submission were used up.`);
    }
    const opened = sources
      .open({ precision, hosted, account: unbilled ? ownWish : account })
      .then((guest) => telling(judging.counting(guest), lacked));
    guests.set(key, opened);
    try {
      return await opened;
    } catch (error) {
      guests.delete(key);
      throw error;
    }
  };
  const guestFor: typeof guestOf = async (hosted, options) => {
    const guest = await guestOf(hosted, options);
    return hosted === 'asked-again' ? besideMarked(guest, () => guestOf('marked', options)) : guest;
  };
  const hostedFor = (id: string): Hosted => {
    const policy = batch.assignment.tasks.find((candidate) => candidate.id === id)?.policy;
    if (policy === 'no-autodiff') return needsWhole ? 'asked-again' : 'forward';
    return policy === 'plain-numbers' ? policy : 'whole';
  };
  const drawn = new Map<string, ShownPlot>();
  const sidecarOf = async (hosted: Hosted, path: string): Promise<unknown> => {
    if (submission.files.some((candidate) => candidate.path === path)) return sources.sidecar(file(path));
    const plot = await sources.plot?.(path, () => guestFor(hosted));
    if (plot === undefined) return file(path);
    drawn.set(path, plot);
    return plot.content;
  };
  const asking = (hosted: Hosted): Pick<CheckContext, 'guest' | 'ask' | 'oncePerSubmission' | 'sidecar'> => ({
    sidecar: (path) => sidecarOf(hosted, path),
    // What a process with more in it has answered is no answer for a stricter task; the other way round it is.
    oncePerSubmission: (key, make) => {
      const known = stricterThan[hosted].find((other) => shared.has(`${other}/${key}`)) ?? hosted;
      return context.oncePerSubmission(`${known}/${key}`, make);
    },
    guest: (options) => guestFor(hosted, options),
    async ask(problem, probe, options) {
      if (problem.handedIn !== undefined) return problem.handedIn(context.answers(), probe);
      const guest = await guestFor(hosted, options);
      if (options?.reseeded === true) await guest.seed(0);
      return problem.ask(guest, probe);
    },
  });

  const context: OpenContext = {
    ...asking('whole'),
    at: (id) => ({ ...context, ...asking(hostedFor(id)) }),
    async during(id, work) {
      try {
        return await work(context.at(id));
      } catch (error) {
        if (!(error instanceof LibraryIncomplete)) throw error;
        needsWhole = true;
        return work(context.at(id));
      }
    },
    submission,
    dataFolder: batch.dataFolder,
    full: batch.full,
    probes: <Probe>(problem: Problem<Probe>) => probesOf(batch, problem),
    random: (name) => streamOf(batch, name),
    oncePerSubmission<T>(key: string, make: () => Promise<T>) {
      const known = shared.get(key) as Promise<T> | undefined;
      if (known !== undefined) return known;
      const made = make();
      shared.set(key, made);
      void made.catch((error: unknown) => error instanceof LibraryIncomplete && shared.delete(key));
      return made;
    },
    oncePerBatch: (key, make) => once(batch, key, make),
    breaches: (unit, policy) =>
      context.oncePerSubmission(`breaches/${unit}/${policy}`, () => sources.breaches(unit, policy)),
    outlines: () => context.oncePerSubmission('outlines', () => sources.outlines()),
    answers: () => sources.answers(file('answers.json')),
    manual(id) {
      const manual = batch.assignment.tasks.find((task) => task.id === id)?.manual;
      if (manual === undefined) throw new Error(`assignment.json says nothing of what a person marks in ${id}.`);
      return manual;
    },
    essay(heading) {
      const text = submission.files.find((candidate) => candidate.path === 'answers.md');
      return text === undefined ? undefined : sources.essay(text, heading);
    },
    shown(path) {
      const handedIn = submission.files.find((candidate) => candidate.path === path);
      return handedIn === undefined ? drawn.get(path) : { where: path, content: sources.sidecar(handedIn) };
    },
    output: () => beginningOf(printed.join('')),
    async close() {
      const open = await Promise.allSettled(guests.values());
      for (const guest of open) if (guest.status === 'fulfilled') await retire(guest.value);
      guests.clear();
    },
  };
  return context;
}

/** Of all its processes together: who ends each of them gets another, and as many pages of print would be on one. */
const mostPrinted = 100_000;
const beginningOf = (text: string): string =>
  text.length <= mostPrinted ? text : `${text.slice(0, mostPrinted).toWellFormed()}\n… and more\n`;

const streamOf = ({ seed }: BatchContext, name: string): Random =>
  createRandom(typeof seed === 'number' ? seed : seed(name), name);

/**
 * A guest that notes which function of which unit asked for what was absent, and tells it from then on, whatever the process
 * says in which it is there.
 */
function telling(guest: OpenGuest, lacked: Map<string, string>): OpenGuest {
  return new Proxy(guest, {
    get(of, key: keyof OpenGuest) {
      if (key === 'call') {
        return async (...[target, args, options]: Parameters<OpenGuest['call']>) => {
          const called = 'module' in target ? `${target.module}/${target.name}` : '';
          try {
            const reply = await of.call(target, args, options);
            const used = lacked.get(called);
            return used === undefined ? reply : { ...reply, differentiated: reply.differentiated ?? used };
          } catch (error) {
            const isOfCall = error instanceof LibraryIncomplete && error.isOfCall && called !== '';
            if (isOfCall) lacked.set(called, error.used);
            throw error;
          }
        };
      }
      const value = of[key];
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });
}

const isOpenSeed = ({ seed, isShipped }: BatchContext): boolean => typeof seed === 'number' && isShipped === true;

function probesOf<Probe>(batch: BatchContext, problem: Problem<Probe>): readonly Probe[] {
  // Of what follows from a secret, not even a digest is kept.
  const isOpen = isOpenSeed(batch);
  const countFaults = isOpen ? rememberedFaults : undefined;
  const { shared, handed = here } = batch;
  const name = `probes/${problem.id}`;
  // Probes may hold what is one and the same object elsewhere in a coursework: each thread draws its own, from the same numbers.
  const told = (find: () => number) => handed(name, find);
  const draw = () => drawProbes(problem, streamOf(batch, problem.id), countFaults, told);
  const { kept } = batch;
  return onceHere(shared, name, () => {
    if (!isOpen || kept === undefined) return draw();
    return kept(name, draw, (copies, drawn) => serveAsWell(problem, copies, drawn, draw()));
  });
}

/** The names of expected answers begin so (evaluate/references.ts). */
const ofReferences = 'references/';

function once<T>(batch: BatchContext, key: string, make: () => T): T {
  const { shared, handed = here, kept } = batch;
  // Of all that is made once only this follows from probes alone; nobody looks for it elsewhere.
  const isOfProbes = key.startsWith(ofReferences) && isOpenSeed(batch);
  return onceHere(shared, key, () => (isOfProbes && kept ? kept(key, make, () => true) : handed(key, make)));
}

const here: ComputedOnce = (_, make) => make();

function onceHere<T>(store: Map<string, unknown>, key: string, make: () => T): T {
  if (!store.has(key)) store.set(key, forAll(make));
  return store.get(key) as T;
}
