/** Inspects and compiles a module and every file of the submission that it reaches. Runs in the worker: it parses student text. */
import type { PolicyBreach, SourceFile } from '../../../model/submission.ts';
import { compile } from './compile.ts';
import type { HostAccount, Inspection, InspectionRequest } from './inspection.ts';
import { outlineOf } from './outline.ts';
import type { ModuleReading } from './read-module.ts';
import { readModule } from './read-module.ts';
import { meantInstead } from '../language/meant-file.ts';
import { isLocal, resolveLocal } from '../language/program-files.ts';
import { breachAt, breachesOf, leftOutOf } from './rules.ts';
import type { Comment, Misread, Node } from './syntax-tree.ts';
import { isTyped, parseSource } from './syntax-tree.ts';
import { tooMuch } from './too-much.ts';
import type { Marked } from './top-level-await.ts';
import { asWaiting, markAwaits } from './top-level-await.ts';
import { ProgramStopped } from '../../../stopped.ts';

/** Beyond this a report would only repeat itself. */
const mostBreaches = 20;

/** Throws ProgramStopped: 'missing' when the module is not among the files, 'refused' when one is more than is compiled. */
export async function inspectFiles(
  request: InspectionRequest,
  account: HostAccount = { cpuMs: 0 },
): Promise<Inspection> {
  const files = new Map(request.files.map((file) => [file.path, file]));
  if (!files.has(request.module)) throw new ProgramStopped('missing', `${request.module} was not handed in.`);
  const inspection: Inspection = { breaches: [], modules: [], localImports: [], leftOut: [], outlines: [] };
  const paths = new Set([...files.keys(), ...request.given]);
  const known = new Map(request.files.flatMap(({ path, knownAs }) => (knownAs === undefined ? [] : [[knownAs, path]])));
  const own = (path: string | undefined) => (path === undefined ? undefined : (known.get(path) ?? path));
  const readings = new Map<string, ModuleReading>();
  const reached = new Set([request.module]);
  const missing: PolicyBreach[] = [];

  const toCompile = new Map<string, Marked | SourceFile>();
  const needs = new Map<string, string[]>();

  // A set may grow while it is walked: each new path is visited in turn.
  for (const path of reached) {
    const file = files.get(path)!;
    // Parsed first: the parser knows its depth and stops, the compiler is a process that would die of it.
    const reading = read(file);
    if (reading !== undefined && 'message' in reading) {
      inspection.syntax ??= reading;
      continue;
    }
    const excess = reading && tooMuch(reading.program);
    if (excess !== undefined) throw new ProgramStopped('refused', `${path} ${excess}.`);
    toCompile.set(path, (reading && markAwaits(file.text, reading.program)) ?? file);
    if (reading === undefined) continue;
    readings.set(path, reading.module);
    missing.push(...follow(file, reading.module, files, request.given, reached));
    needs.set(
      path,
      reading.module.imports.flatMap(({ source }) => (source !== undefined && isLocal(source) ? [source] : [])),
    );
    if (request.given.includes(path)) continue;
    const resolve = (source: string) => (isLocal(source) ? own(resolveLocal(path, source, paths)) : undefined);
    inspection.outlines.push(outlineOf(file, reading, reading.module, resolve));
  }

  const waiting = waitingModules(toCompile, needs, paths);
  for (const [path, { text, mark }] of toCompile as Map<string, { text: string; mark?: string }>) {
    const compiled = await compile({ path, text }, account);
    if (!('code' in compiled)) {
      inspection.syntax ??= compiled;
      continue;
    }
    const code = waiting.has(path) ? asWaiting(path, compiled.code, mark, needs.get(path) ?? []) : compiled.code;
    inspection.modules.push({ ...compiled, code });
  }

  const ownMethods = new Set([...readings.values()].flatMap((reading) => [...reading.ownMethods]));
  const judged = [...readings].filter(([path]) => !request.given.includes(path));
  const { policy, imports } = request;
  const breaches = judged.flatMap(([path, reading]) =>
    breachesOf(files.get(path)!, reading, { policy, imports, ownMethods }, mostBreaches),
  );
  inspection.breaches = [...missing, ...breaches].slice(0, mostBreaches);
  inspection.leftOut = judged.flatMap(([path, reading]) => leftOutOf(files.get(path)!, reading, imports));
  inspection.localImports = [...reached].slice(1);
  return inspection;
}

/** Modules that await something outside of their functions, and those that import one of them, directly or not. */
function waitingModules(
  texts: ReadonlyMap<string, object>,
  needs: ReadonlyMap<string, readonly string[]>,
  paths: ReadonlySet<string>,
): Set<string> {
  const waiting = new Set([...texts].filter(([, text]) => 'mark' in text).map(([path]) => path));
  for (let before = -1; waiting.size > before;) {
    before = waiting.size;
    for (const [path, sources] of needs) {
      if (sources.some((source) => waiting.has(resolveLocal(path, source, paths) ?? ''))) waiting.add(path);
    }
  }
  return waiting;
}

interface Parsed {
  program: Node;
  comments: Comment[];
}

/** Undefined for data. */
function read(file: SourceFile): (Parsed & { module: ModuleReading }) | Misread | undefined {
  if (file.path.endsWith('.json')) return undefined;
  const parsed = parseSource(file);
  return 'program' in parsed ? { ...parsed, module: readModule(parsed.program, isTyped(file.path)) } : parsed;
}

/** Adds what a module imports of the submission to `reached`; returns a breach for each import that leads nowhere. */
function follow(
  file: SourceFile,
  reading: ModuleReading,
  files: ReadonlyMap<string, SourceFile>,
  given: readonly string[],
  reached: Set<string>,
): PolicyBreach[] {
  const paths = new Set([...files.keys(), ...given]);
  const missing: PolicyBreach[] = [];
  for (const { source, node } of reading.imports) {
    if (source === undefined || !isLocal(source)) continue;
    const target = resolveLocal(file.path, source, paths);
    if (target !== undefined) {
      if (files.has(target)) reached.add(target);
      continue;
    }
    const hint = meantInstead(file.path, source, paths);
    if (missing.length < mostBreaches)
      missing.push(breachAt(file, node, { rule: 'missing-file', message: `${source} was not handed in${hint}.` }));
  }
  return missing;
}
