/** Where a submission in Python is made ready: read without being run, and put into a sandbox when a check first asks. */
import type { ContextSources, OpenGuest } from './check-context.ts';
import type { Coursework } from './coursework.ts';
import { openAccount } from './model/account.ts';
import type { Policy } from './model/assignment.ts';
import type { SandboxLevel } from './model/guest.ts';
import type { ModuleOutline, PolicyBreach, SourceFile, Submission } from './model/submission.ts';
import type { NotebookRun } from './model/notebook.ts';
import type { Seen, SourceFacts } from './protocol/messages.ts';
import { reachedFrom } from './runtimes/python/inspect/imports.ts';
import { notebooksOf } from './runtimes/python/inspect/cells-run.ts';
import { withOwnNames } from './runtimes/python/inspect/own-names.ts';
import { breachesOf } from './runtimes/python/inspect/policy.ts';
import { askedIn, upToCell } from './runtimes/python/inspect/unit-cells.ts';
import { pythonForwardersOf } from './runtimes/python/language/forwarders.ts';
import { pythonModuleOf, wholeNotebook, wholeProgram } from './runtimes/python/language/unit-files.ts';
import type { PythonRuntime } from './runtimes/python/stage-python.ts';
import { addressedByUnits } from './addressed-by-units.ts';
import { isDrawable } from './drawings.ts';
import { notebookPlots } from './python-plots.ts';
import type { Copies } from './sandbox/session/copies.ts';
import { lateSession } from './sandbox/session/late-session.ts';
import { readIn, readInside } from './sandbox/session/read-inside.ts';
import { openSession, type Session, type WarmGuest } from './sandbox/session/session.ts';
import type { Start } from './sandbox/session/start.ts';
import type { WarmGuests } from './sandbox/session/warm-guests.ts';
import { ProgramStopped } from './stopped.ts';

/** What a batch stages once for all its submissions in Python. */
export interface PythonPlace {
  /** With the packages of the coursework. */
  runtime: PythonRuntime;
  /** Without any package: reads source, and does nothing else, where only that says what a program has to be run beside. */
  reader(): Promise<PythonRuntime>;
  /** Guests that have read a submission, and wait for it to be run in them. */
  waiting: Set<WarmGuest>;
  /** With tensor libraries besides, staged when they are first asked for. */
  withLibraries(libraries: readonly string[]): Promise<PythonRuntime>;
  warm: WarmGuests;
  /** Who starts processes, where that is not the grader. */
  startedBy: Start | undefined;
  /** Where a process with a tensor library is copied instead of being started, and one without, if that is worth it. */
  copies: Copies;
  ofMany: Copies | undefined;
  /** Those with a tensor library, which take other guests. */
  warmWithLibraries: WarmGuests;
  given: readonly SourceFile[];
}

type ProgramSources = Pick<ContextSources, 'open' | 'breaches' | 'outlines' | 'plot'> & {
  remarks(): Promise<string[]>;
  notebooks(): Promise<NotebookRun[]>;
};

/** The program of one submission. */
export function pythonSources(
  submission: Submission,
  { assignment: sheet }: Coursework,
  level: SandboxLevel,
  place: () => Promise<PythonPlace>,
): ProgramSources {
  const own = submission.files.filter(({ path }) => /\.(py|ipynb)$/.test(path) && !sheet.python!.given?.includes(path));
  const assignment = withOwnNames(sheet, own);
  const contract = assignment.python!;
  // What we put there is not the student's to answer for.
  const forwarders = pythonForwardersOf(own);
  /** What stands for all units that have no file of their own. */
  const whole = [wholeNotebook, wholeProgram].find((name) => own.some(({ path }) => path === name));
  const plots = notebookPlots(
    contract,
    own.find(({ path }) => path === whole),
    submission.files,
  );
  const account = openAccount();
  const asked = askedIn(contract, assignment.tasks, own);
  const always = { level, limits: assignment.limits, precision: 'double', backend: 'cpu' } as const;
  let read: Promise<ReadonlyMap<string, SourceFacts>> | undefined;
  const facts = () => (read ??= readAll());
  /** The process that has read the program, for its first session. */
  let fresh: WarmGuest | undefined;
  const withoutLibrary = contract.packages.length > 0 ? 'whole' : 'none';
  const readAll = async () => {
    const { runtime, reader, warm, waiting, startedBy, ofMany } = await place();
    const launch = { ...always, startedBy, copies: ofMany };
    const texts = [...own, ...forwarders].map(({ path, text }) => ({ path, code: text }));
    const read = async (): Promise<SourceFacts[]> => {
      if (contract.libraries !== undefined)
        return readInside({ ...launch, runtime: await reader() }, texts, asked, account);
      const guest = await warm.take({ ...launch, runtime }, withoutLibrary);
      const known = await readIn(guest, texts, asked, account);
      guest.exchange.rest();
      waiting.add((fresh = guest));
      return known;
    };
    return new Map((await read()).map((item) => [item.path, item]));
  };
  const takeFresh = async (): Promise<WarmGuest | undefined> => {
    const guest = fresh;
    fresh = undefined;
    // It may have been closed meanwhile, for another submission.
    if (guest === undefined || !(await place()).waiting.delete(guest) || !guest.exchange.alive) return undefined;
    guest.exchange.wake();
    return guest;
  };

  const ready = async (unit: string): Promise<string> => {
    const module = pythonModuleOf(unit);
    if (contract.given?.includes(module)) return module;
    const path = [module, whole].find((name) => own.some((file) => file.path === name));
    if (path === undefined) throw new ProgramStopped('missing', `${module} was not handed in.`);
    for (const reached of reachedFrom(path, await facts())) {
      const { syntax } = (await facts()).get(reached) ?? {};
      if (syntax === undefined) continue;
      const { message, ...at } = syntax;
      const where = reached.endsWith('.ipynb') ? '' : ` at line ${at.line}, column ${at.column}`;
      const says = `${reached} cannot be read${where}: ${message}`;
      throw new ProgramStopped('crash', says, { path: reached, ...at });
    }
    return path;
  };
  /** The file of a unit, of a notebook up to the cell at which the unit ends. */
  const addressed = async (unit: string): Promise<string> => {
    const path = await ready(unit);
    const known = (await facts()).get(path);
    return known === undefined ? path : upToCell(path, known, unit, assignment);
  };

  const breaches = async (unit: string, policy: Policy): Promise<PolicyBreach[]> => {
    const known = await facts();
    const names = new Set(
      askedIn(
        contract,
        assignment.tasks.filter((task) => task.unit === unit),
        own,
      ),
    );
    // Of a notebook what another problem of the sheet needs is no concern of this one's.
    const isForUnit = (item: { for?: string[] }) => item.for?.some((name) => names.has(name)) ?? true;
    return reachedFrom(await ready(unit), known).flatMap((path) => {
      const file = own.find((candidate) => candidate.path === path);
      const there = { provided: Object.keys(contract.provides ?? {}), libraries: contract.libraries ?? [] };
      if (file === undefined) return [];
      const { imports, names: used, ...rest } = known.get(path)!;
      const here = { ...rest, imports: imports?.filter(isForUnit), names: used?.filter(isForUnit) };
      return breachesOf(file, here, policy, there);
    });
  };

  /** What is given may import a unit of the sheet, which in a notebook is no file of its own. */
  const unitsInNotebook = (): Record<string, string> => {
    if (whole === undefined) return {};
    const modules = assignment.tasks.flatMap(({ unit }) => (unit === undefined ? [] : pythonModuleOf(unit)));
    const absent = modules.filter((module) => !own.some(({ path }) => path === module));
    return Object.fromEntries(absent.map((module) => [module.slice(0, -'.py'.length), whole]));
  };

  /** The tensor libraries of the sheet that the program imports: one in plain numbers starts without any. */
  const imported = async (): Promise<string[]> => {
    const tops = [...(await facts()).values()].flatMap((file) =>
      (file.imports ?? []).map(({ name }) => name.split('.')[0]!),
    );
    // A script's own functions may be all that needs it, and they are taken where they are called.
    return (contract.libraries ?? []).filter(
      (name) => tops.includes(name) || own.some(({ text }) => importOf(name).test(text)),
    );
  };

  let ran = '';
  const start = async ({ hosted, precision, account: charged }: Parameters<ContextSources['open']>[0]) => {
    const { runtime: plain, withLibraries, warm, warmWithLibraries, startedBy, given, ...made } = await place();
    const libraries = hosted === 'plain-numbers' ? [] : await imported();
    const library = hosted === 'forward' || hosted === 'marked' ? hosted : 'whole';
    const runtime = libraries.length > 0 ? await withLibraries(libraries) : plain;
    ran = runtime.versions.length > ran.length ? runtime.versions : ran;
    // numpy computes in double precision by itself, a tensor library where it is told to.
    const copies = libraries.length > 0 ? made.copies : made.ofMany;
    const launch = { ...always, ...(libraries.length > 0 && { precision }), runtime, startedBy, copies };
    const extent = contract.packages.length > 0 ? library : 'none';
    const ready = libraries.length === 0 && extent === withoutLibrary ? await takeFresh() : undefined;
    return openSession({
      launch,
      sent: 'double',
      library,
      warm: ready ?? (await (libraries.length > 0 ? warmWithLibraries : warm).take(launch, extent)),
      modules: [...own, ...forwarders, ...given].map(({ path, text }) => ({ path, code: text })),
      imports: [...contract.packages, ...libraries],
      contract: { ...contract, names: plots.names, provides: { ...contract.provides, ...unitsInNotebook() } },
      asked,
      ...(charged && { account: charged }),
    });
  };

  const seen: Seen = { raised: [], drawn: [] };
  let hasDrawn = false;
  const lengthy = (contract.lengthy ?? []).map((path) => path.slice(0, -'.py'.length));
  /** Whether there are cells that only plot: they are run for that, once. */
  const drawing = async () =>
    [...(await facts()).values()].some(({ cells = [] }) => cells.some(({ left }) => left?.includes('plots')));
  /** Before a process ends it tells what it saw; one that has ended already, or draws for too long, tells nothing. */
  const seeing = (session: Session): Session => ({
    ...session,
    get alive() {
      return session.alive;
    },
    async close() {
      const told = session.alive ? await session.seen(false).catch(stopped) : undefined;
      seen.raised.push(...(told?.raised ?? []));
      // Two processes may have been asked for the same.
      const known = new Set(seen.taken?.map(({ name }) => name));
      seen.taken = [...(seen.taken ?? []), ...(told?.taken ?? []).filter(({ name }) => !known.has(name))];
      const draws = told !== undefined && !hasDrawn && (await drawing());
      // What is known of a process is taken before its plots are tried, which may be the end of it.
      const drawn = draws ? await session.seen(true, lengthy).catch(stopped) : undefined;
      if (!hasDrawn) seen.drawn = ((drawn ?? told)?.drawn ?? []).filter((one) => isDrawable(one.drawing));
      hasDrawn ||= draws;
      await session.close();
    },
  });

  return {
    async open(options): Promise<OpenGuest> {
      const { precision } = options;
      // Beside numpy it computes as it does whichever is asked for, which says whether the question comes for the second time.
      const session = lateSession({ backend: 'cpu', precision }, async () => seeing(await start(options)));
      return addressedByUnits(session, addressed);
    },
    plot: plots.plot,
    breaches,
    async outlines() {
      const known = await facts();
      const isOwn = ({ path }: SourceFacts) => own.some((file) => file.path === path);
      return [...known.values()].filter(isOwn).map((item) => outlineOf(item, known, assignment));
    },
    async remarks() {
      return [...(ran === '' ? [] : [`Run by ${ran}.`]), ...plots.remarks()];
    },
    async notebooks() {
      const known = await facts().catch(() => new Map<string, SourceFacts>());
      const drawn = whole === undefined ? undefined : plots.ran();
      const run = drawn && { path: whole!, ...drawn };
      return notebooksOf([...known.values()], seen, Object.keys(contract.provides ?? {}), run);
    },
  };
}

/** Whether a text imports a package, by the look of it; in a notebook each line is a string of its own, or all of them are one. */
const importOf = (name: string): RegExp => new RegExp(String.raw`(?:^|"|\\n)(?:import|from) {1,4}${name}\b`, 'm');

const stopped = (error: unknown): undefined => {
  if (!(error instanceof ProgramStopped)) throw error;
};

function outlineOf(
  facts: SourceFacts,
  known: ReadonlyMap<string, SourceFacts>,
  { python, tasks }: Coursework['assignment'],
): ModuleOutline {
  const { path } = facts;
  const imports = (facts.imports ?? []).flatMap(({ name, taken }) =>
    reachedFrom(
      path,
      new Map(
        [...known].map(([other, item]) => [
          other,
          other === path ? { ...item, imports: [{ name, taken, line: 1, column: 1 }] } : { ...item, imports: [] },
        ]),
      ),
    )
      .filter((other) => other !== path)
      .map((other) => ({ path: other, names: taken.length === 0 ? ['*'] : taken })),
  );
  return {
    path,
    // Nothing in Python says that a function is for others: one that its own file uses is for that.
    asked: [
      ...askedIn(
        python!,
        tasks.filter(
          ({ unit }) => unit !== undefined && [pythonModuleOf(unit), wholeNotebook, wholeProgram].includes(path),
        ),
      ),
      ...(facts.defines ?? []).flatMap(({ name, used }) => (used ? [name] : [])),
    ],
    imports,
    // A name that begins with an underscore is its own file's affair, as is the custom: nobody looks for what it is for.
    exports: (facts.defines ?? []).map(({ line, column, used: _, documented, ...it }) => ({
      ...it,
      documented: documented || it.name.startsWith('_'),
      place: { path, line, column },
    })),
    leftovers: (facts.leftovers ?? []).map((at) => ({ path, ...at })),
  };
}
