/** Where a submission's program is made ready: inspected, compiled, and put into a sandbox when a check first asks. */
import { addressedByUnits } from './addressed-by-units.ts';
import type { Coursework } from './coursework.ts';
import type { BatchContext, ContextSources, OpenGuest } from './check-context.ts';
import type { Policy } from './model/assignment.ts';
import type { Backend, Precision, SandboxLevel, Target } from './model/guest.ts';
import type { NotebookRun } from './model/notebook.ts';
import type { PolicyBreach, Refusal, SourceFile, Submission } from './model/submission.ts';
import type { Inspection } from './runtimes/node/inspect/inspection.ts';
import type { Inspector } from './runtimes/node/inspect/inspector.ts';
import { createInspector } from './runtimes/node/inspect/inspector.ts';
import { parseAnswers } from './intake/answers.ts';
import { splitEssay } from './intake/essay.ts';
import { forwardersOf } from './intake/forwarders.ts';
import { otherNamesOf } from './intake/vocabulary.ts';
import { readSidecar } from './intake/sidecar.ts';
import { lateSession } from './sandbox/session/late-session.ts';
import { openSession } from './sandbox/session/session.ts';
import type { Start } from './sandbox/session/start.ts';
import { openStarter } from './sandbox/session/starter.ts';
import { keepWarm, type WarmGuests } from './sandbox/session/warm-guests.ts';
import type { StagedRuntime } from './sandbox/stage/stage.ts';
import { stageNode } from './runtimes/node/stage-node.ts';
import { moduleOfUnit, tensorPackages, withoutProgramEnding } from './runtimes/node/language/program-files.ts';
import { lazyPython } from './lazy-python.ts';
import { pythonSources } from './python-sources.ts';
import { ProgramStopped } from './stopped.ts';

export interface FactoryOptions {
  coursework: Coursework;
  level: SandboxLevel;
  backend: Backend;
  /** Interpreter or virtual environment that runs programs in Python; by default the first on PATH. */
  python?: string | undefined;
  /** How many submissions will come: of several, the next one's processes are started while one is judged. */
  submissions?: number;
  /** The tasks that are asked; all where nothing is said. */
  only?: readonly string[] | undefined;
}

export interface GuestFactory {
  /** The submission, or why its program is not run here: at this level, or without its language. */
  accept(submission: Submission): Promise<Submission | Refusal>;
  sourcesFor(submission: Submission): ProgramSources;
  /** Starts the processes that the last submission took, for the next one: for when nobody waits. */
  prepare(): void;
  close(): Promise<void>;
}

/** What batches with one seed over one coursework share when they are graded after each other; its owner closes the factory. */
export interface Lasting {
  factory: GuestFactory;
  /** Probes and what follows from them. */
  shared: BatchContext['shared'];
  /** The same, from one process to the next. */
  kept?: BatchContext['kept'];
}

interface ProgramSources extends ContextSources {
  /** What the student should know of how the program was taken, e.g. imports that were left out. */
  remarks(): Promise<string[]>;
  /** What of a program in cells was run, once nothing more is asked of it. */
  notebooks(): Promise<NotebookRun[]>;
}

/** Stages the runtime and starts the inspector, once for a batch. */
export async function createGuestFactory(options: FactoryOptions): Promise<GuestFactory> {
  const runtime = await stageNode(options.backend);
  const inspector = createInspector();
  const warm = keepWarm(options.submissions ?? 1);
  // For one submission it is no gain: it takes as long to come up as it saves.
  const starter = (options.submissions ?? 1) > 1 && process.platform === 'linux' ? openStarter() : undefined;
  const { coursework, level } = options;
  const python = lazyPython(coursework, options.python, options.submissions ?? 1, starter?.start);
  return {
    accept: async (submission) => {
      const refused = submission.language === undefined ? undefined : await python.refuses(submission, level);
      if (refused === undefined) return submission;
      const { id, origin } = submission;
      return { id, refused, ...(origin && { origin }) };
    },
    sourcesFor: (submission) => {
      if (submission.language === 'python') {
        python.begin();
        return { ...writtenParts(coursework), ...pythonSources(submission, coursework, level, python.place) };
      }
      warm.begin();
      return sourcesFor(submission, options, { runtime, inspector, warm, startedBy: starter?.start });
    },
    prepare: () => {
      warm.prepare();
      python.prepare();
    },
    close: async () => {
      inspector.close();
      await Promise.all([warm.close(), python.close()]);
      starter?.close();
    },
  };
}

function sourcesFor(
  submission: Submission,
  { coursework, level, backend, only }: FactoryOptions,
  {
    runtime,
    inspector,
    warm,
    startedBy,
  }: { runtime: StagedRuntime; inspector: Inspector; warm: WarmGuests; startedBy: Start | undefined },
): ProgramSources {
  const { assignment, given } = coursework;
  const imports = withOtherNames(assignment.imports);
  const givenPaths = given.map((file) => file.path);
  // What the sheet gives is the grader's copy: a changed copy of the student's changes nothing.
  const own = submission.files.filter((file) => !givenPaths.includes(file.path));
  const forwarders = forwardersOf([...own, ...given]);
  const files = [...own, ...given, ...forwarders];
  const inspections = new Map<string, Promise<Inspection>>();
  const account = { cpuMs: 0 };
  const inspect = (unit: string, policy: Policy): Promise<Inspection> => {
    const key = `${unit}\n${policy}`;
    const known = inspections.get(key);
    if (known !== undefined) return known;
    const request = {
      files,
      module: fileFor(unit, files),
      policy,
      imports,
      // What we put there is not the student's to answer for.
      given: [...givenPaths, ...forwarders.map((file) => file.path)],
    };
    const inspection = inspector.inspect(request, account);
    inspections.set(key, inspection);
    return inspection;
  };
  const policyOf = (unit: string) => assignment.tasks.find((task) => task.unit === unit)?.policy ?? 'free';
  // What is given is there even if nothing of the student's imports it: checks may call it.
  const givenUnits = givenPaths.map(withoutProgramEnding);
  const named = assignment.tasks.flatMap((task) => task.unit ?? []);
  const askedTasks = assignment.tasks.filter(({ id }) => only === undefined || only.includes(id));
  const askedUnits = new Set(askedTasks.flatMap((task) => task.unit ?? []));
  const units = [...new Set([...named, ...givenUnits])].filter((unit) =>
    files.some((file) => file.path === fileFor(unit, files)),
  );

  const hostedUnits = (policy: Policy) =>
    units.filter((unit) => policyOf(unit) === policy || givenUnits.includes(unit));

  return {
    async open({ precision, hosted = 'whole', account }) {
      const wanted = hosted === 'whole' ? units : hostedUnits(hosted === 'plain-numbers' ? hosted : 'no-autodiff');
      const inspected = await Promise.allSettled(wanted.map((unit) => inspect(unit, policyOf(unit))));
      const read = inspected.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      const compiled = read.flatMap((inspection) => inspection.modules);
      // Who imports the library where it is not allowed is told what was called, which takes a library to call.
      const withLibrary = hosted !== 'plain-numbers' || read.some(({ breaches }) => breaches.some(isOfLibrary));
      const limits = assignment.limits;
      const launch = { runtime, level, limits, precision, backend: backendFor(backend, precision), startedBy };
      const wantedImports = withLibrary ? imports : imports.filter((name) => !tensorPackages.includes(name));
      const library = hosted === 'forward' || hosted === 'marked' ? hosted : 'whole';
      const start = async () =>
        openSession({
          launch,
          library,
          warm: await warm.take(launch, runtime.hasTensors(wantedImports) ? library : 'none'),
          modules: [...new Map(compiled.map((module) => [module.path, module])).values()],
          imports: wantedImports,
          names: files.map((file) => file.path),
          ...(account && { account }),
        });
      return byUnits(lateSession(launch, start), files, policyOf, (unit) => inspect(unit, policyOf(unit)));
    },
    breaches: async (unit, policy) => (await inspect(unit, policy)).breaches,
    async outlines() {
      const inspected = await Promise.allSettled(units.map((unit) => inspect(unit, policyOf(unit))));
      const found = inspected.flatMap((result) => (result.status === 'fulfilled' ? result.value.outlines : []));
      return [...new Map(found.map((outline) => [outline.path, outline])).values()].map((outline) => {
        const asked = assignment.tasks
          .filter((task) => task.unit !== undefined && fileFor(task.unit, files) === outline.path)
          .flatMap((task) => task.exports ?? []);
        const named = new Set(outline.exports.map((it) => it.name));
        // A function that is not exported under its name is looked for in the default export.
        return { ...outline, asked: asked.every((name) => named.has(name)) ? asked : [...asked, 'default'] };
      });
    },
    async remarks() {
      const asked = units.filter((unit) => givenUnits.includes(unit) || askedUnits.has(unit));
      const inspected = await Promise.allSettled(asked.map((unit) => inspect(unit, policyOf(unit))));
      const found = inspected.flatMap((result) => (result.status === 'fulfilled' ? result.value.leftOut : []));
      return [...new Set(found.map(({ source, place }) => leftOut(source, place.path)))];
    },
    notebooks: async () => [],
    ...writtenParts(coursework),
  };
}

/** What of a submission is words and numbers, in whatever language its program is. */
function writtenParts({ assignment }: Coursework): Pick<ContextSources, 'answers' | 'essay' | 'sidecar'> {
  const headings = assignment.tasks.flatMap((task) => task.manual?.heading ?? []);
  // Taken apart once: a megabyte of headings costs more than half a second, and every task of words asks for its own.
  const essays = new Map<SourceFile, ReadonlyMap<string, string>>();
  const sectionsOf = (file: SourceFile) => {
    const sections = essays.get(file) ?? splitEssay(file.text, headings);
    essays.set(file, sections);
    return sections;
  };
  return {
    answers: (file) => parseAnswers(file.text),
    essay: (file, heading) => sectionsOf(file).get(heading),
    sidecar: (file) => readSidecar(file),
  };
}

const isOfLibrary = ({ rule }: PolicyBreach) => rule === 'library';

/** The packages of the library are the same under other names: who wrote with them at home need not change it. */
const withOtherNames = (imports: readonly string[]): string[] =>
  imports.includes('@tensorflow/tfjs') ? [...new Set([...imports, ...tensorPackages])] : [...imports];

const leftOut = (source: string, path: string) =>
  `${path} imports '${source}', which is not there while it is graded: it was left out, and only what uses it stops.`;

/** Double precision exists on the plain JavaScript backend only. */
const backendFor = (backend: Backend, precision: Precision): Backend => (precision === 'double' ? 'cpu' : backend);

/** The student's file for a unit: `q3c.ts`, or the same under another ending of programs. */
function fileFor(unit: string, files: readonly SourceFile[]): string {
  const module = moduleOfUnit(unit);
  const candidates = [module, ...otherNamesOf(module)];
  return candidates.find((path) => files.some((file) => file.path === path)) ?? module;
}

/** A guest that is addressed by units, and says of one that cannot run why it cannot. */
function byUnits(
  session: OpenGuest,
  files: readonly SourceFile[],
  policyOf: (unit: string) => Policy,
  inspect: (unit: string) => Promise<Inspection>,
): OpenGuest {
  const ready = async (unit: string): Promise<string> => {
    const path = fileFor(unit, files);
    if (!files.some((file) => file.path === path))
      throw new ProgramStopped('missing', `${moduleOfUnit(unit)} was not handed in.`);
    const { syntax } = await inspect(unit);
    if (syntax === undefined) return path;
    const { place } = syntax;
    const says = `${place.path} cannot be read at line ${place.line}, column ${place.column}: ${syntax.message}`;
    throw new ProgramStopped('crash', says, place);
  };
  // In plain numbers nothing differentiates for a student, in whatever file of theirs it stands: that is seen when it runs.
  const watched = <Options extends { policy?: Policy }>(target: Target, options?: Options): Options | undefined =>
    'module' in target && policyOf(target.module) === 'plain-numbers' && options?.policy === undefined
      ? ({ ...options, policy: 'no-autodiff' } as Options)
      : options;
  const guest = addressedByUnits(session, ready);
  return new Proxy(guest, {
    get(of, key: keyof OpenGuest) {
      if (key === 'call') {
        return async (...[target, args, options]: Parameters<OpenGuest['call']>) =>
          of.call(target, args, watched(target, options));
      }
      if (key === 'construct') {
        return async (...[target, args, options]: Parameters<OpenGuest['construct']>) =>
          of.construct(target, args, watched(target, options));
      }
      const value = of[key];
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });
}
