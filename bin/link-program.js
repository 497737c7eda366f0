// Links what the compiler made: its modules become functions in a few texts, which the loader opens as a whole (program-loader.cjs).
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { INDEX, WIDE } from './program-loader.cjs';

/** What a process or thread begins with has a text of its own: it need not read the others. */
const leads = {
  'graders/cli.mjs': 'command',
  'graders/sandbox/session/starter-process.mjs': 'starter',
  'graders/runtimes/node/inspect/inspect-worker.mjs': 'inspector',
};
/** Begun without Node's loader of modules, which takes longer than what they load. */
const threads = ['graders/runtimes/node/inspect/inspect-worker.mjs', 'graders/judging/judge-thread.mjs'];
const rest = 'program';
/** In bytes of code. */
const SMALL = 50_000;
/** Written where a module is first run, and given to it by the loader. */
const given = 'exports, require, module, importByUrl, keepCode';

/** Writes the texts, their maps, and for what is loaded by its path a module of that path which hands out its exports. */
export async function linkProgram({ outputFiles, metafile }, root, outdir) {
  const nameOf = (path) => relative(outdir, join(root, path)).split(sep).join('/');
  const made = new Map(
    Object.entries(metafile.outputs)
      .filter(([path]) => path.endsWith('.mjs'))
      .map(([path, { imports, entryPoint, exports, bytes }]) => {
        const needs = imports
          .filter(({ external }) => !external)
          .map(({ path, kind }) => ({ name: nameOf(path), kind }));
        return [nameOf(path), { needs, isEntry: entryPoint !== undefined, exports, bytes }];
      }),
  );
  const files = new Map(outputFiles.map(({ path, text }) => [relative(outdir, path).split(sep).join('/'), text]));
  const modules = await Promise.all(
    [...made.keys()].map((name) =>
      linkedModule(name, { code: files.get(name), map: files.get(`${name}.map`) }, made, outdir),
    ),
  );
  const partOf = divided(made);
  const textOf = new Map(
    modules.map(({ name, code }) => [name, `${partOf.get(name)}${/[^\0-\x7f]/.test(code) ? WIDE : ''}`]),
  );
  for (const text of new Set(textOf.values())) {
    const within = modules.filter(({ name }) => textOf.get(name) === text);
    writeText(join(outdir, `${text}.js`), within);
  }
  writeFileSync(join(outdir, INDEX), JSON.stringify(Object.fromEntries(textOf)));
  const loader = new URL('program-loader.cjs', import.meta.url).href;
  writeFileSync(
    join(outdir, 'program.mjs'),
    `import { openProgram } from ${JSON.stringify(loader)};\nexport const load = openProgram(new URL('.', import.meta.url));\n`,
  );
  for (const [name, { isEntry, exports }] of made) if (isEntry) writeDoor(outdir, name, exports);
  for (const name of threads.filter((one) => made.has(one)))
    writeThread(outdir, name, new URL('program-loader.cjs', import.meta.url));
}

/** Which part of the program a module belongs to: that of what cannot begin without it; what several need, and is small, goes with the command. */
function divided(made) {
  const asked = new Map([...made.keys()].map((name) => [name, new Set()]));
  const ask = (name, part) => {
    if (asked.get(name).has(part)) return;
    asked.get(name).add(part);
    for (const { name: other, kind } of made.get(name).needs) if (kind === 'import-statement') ask(other, part);
  };
  for (const [name, { isEntry }] of made) if (isEntry) ask(name, leads[name] ?? rest);
  const partOf = ([name, parts]) => {
    if (parts.size < 2) return [...parts][0] ?? rest;
    return parts.has('command') || made.get(name).bytes < SMALL ? 'command' : [...parts].find((part) => part !== rest);
  };
  return new Map([...asked].map((one) => [one[0], partOf(one)]));
}

/** The module as the inner text of a function, in which others have the names that the loader knows. */
async function linkedModule(name, { code, map }, made, outdir) {
  const named = made.get(name).needs.reduce((text, { name: other }) => {
    const within = relative(dirname(name), other).split(sep).join('/');
    return text.replaceAll(JSON.stringify(within.startsWith('.') ? within : `./${within}`), JSON.stringify(other));
  }, code);
  const inline = `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
  const linked = await transform(named + inline, {
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    supported: { 'dynamic-import': false },
    minifyWhitespace: true,
    sourcemap: 'external',
    sourcesContent: false,
    sourcefile: name,
  });
  const place = pathToFileURL(join(outdir, name));
  const parsed = JSON.parse(linked.map);
  return {
    name,
    code: linked.code,
    map: { ...parsed, sources: parsed.sources.map((source) => new URL(source, place).href) },
  };
}

/** One expression: a table of the functions. The map has a section for each. */
function writeText(file, modules) {
  const lines = ['"use strict";({'];
  const sections = modules.map(({ name, code, map }) => {
    lines.push(`${JSON.stringify(name)}(${given}){`);
    const offset = { line: lines.length, column: 0 };
    lines.push(...code.split('\n'), '},');
    return { offset, map };
  });
  writeFileSync(file, [...lines, '})'].join('\n'));
  writeFileSync(`${file}.map`, JSON.stringify({ version: 3, sections }));
}

function writeThread(outdir, name, loader) {
  const open = `require(${JSON.stringify(fileURLToPath(loader))}).openProgram(new URL(${JSON.stringify(pathToFileURL(join(outdir, sep)).href)}))`;
  writeFileSync(join(outdir, name.replace(/\.mjs$/, '.cjs')), `'use strict';\n${open}(${JSON.stringify(name)});\n`);
}

function writeDoor(outdir, name, exports) {
  const file = join(outdir, name);
  const up = relative(dirname(file), join(outdir, 'program.mjs')).split(sep).join('/');
  const handed = exports.map((one) => `export const ${one} = it.${one};`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    [
      `import { load } from ${JSON.stringify(up.startsWith('.') ? up : `./${up}`)};`,
      `const it = load(${JSON.stringify(name)});`,
      ...handed,
      '',
    ].join('\n'),
  );
}
