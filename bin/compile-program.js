// Makes the compiled program: all modules in a few files, which load in a tenth of the time that some hundred take.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, stop, transform } from 'esbuild';
import { digestOf, LISTING } from './compiled-program.cjs';
import { linkProgram } from './link-program.js';

const beside = (file) => fileURLToPath(new URL(file, import.meta.url));
const WEEK_MS = 7 * 86_400_000;
/** As Node strips types: nothing but them goes, and no settings of a checkout change what is made. */
const like = {
  target: 'node24',
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  sourcesContent: false,
};
/** What finds files of its own beside itself, is a program by itself, or may not be there. */
const external = ['esbuild', 'mathjs', '@tensorflow/*', '@stryker-mutator/*', 'vitest'];

/** Compiles into a new folder, names it in the listing, and returns it; undefined where a file changed meanwhile. */
export async function compileProgram(root, folder) {
  const startedAt = Date.now();
  const base = baseOf(root);
  const name = `program-${randomBytes(6).toString('hex')}`;
  const outdir = join(folder, name);
  mkdirSync(outdir, { mode: 0o700 });
  try {
    const built = await build({
      ...like,
      absWorkingDir: root,
      entryPoints: entriesIn(root, base),
      write: false,
      outdir,
      outbase: base,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      // Read when an error is told.
      sourcemap: 'external',
      metafile: true,
      external,
      inject: [beside('true-places.js')],
      define: { COMPILED_PROGRAM: JSON.stringify(pathToFileURL(join(outdir, sep)).href) },
      plugins: [validators, absent, ownPlaces(base)],
      logLevel: 'silent',
    });
    await linkProgram(built, root, outdir);
    const { inputs: read } = built.metafile;
    const inputs = [...Object.keys(read), ...alsoRead(root, Object.keys(read))];
    const listed = [...new Set(inputs)].map((path) => listedAs(root, path));
    // What was written while it was read may be half in it.
    if (listed.some(({ mtimeMs, ctimeMs }) => Math.max(mtimeMs, ctimeMs) > startedAt - 1000))
      throw new Error('changing');
    const written = join(folder, `.${name}.json`);
    writeFileSync(written, JSON.stringify({ name, root, inputs: listed }), { mode: 0o600 });
    renameSync(written, join(folder, LISTING));
  } catch {
    rmSync(outdir, { recursive: true });
    return undefined;
  } finally {
    await stop();
  }
  removeOld(folder, name);
  return outdir;
}

const baseOf = (root) => (existsSync(join(root, 'graders/cli.ts')) ? root : join(root, 'dist'));

/**
 * What is loaded by its path: the command line, the threads that read programs and judge answers, the process that starts others,
 * the checks of each coursework, the questions that practice packs name, and what a teacher's own checks may import.
 */
function entriesIn(root, base) {
  const ending = existsSync(join(base, 'graders/cli.ts')) ? 'ts' : 'js';
  const folders = readdirSync(join(base, 'graders/checks'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `graders/checks/${entry.name}`);
  const questions = ['graders/kinds', ...folders].flatMap((folder) =>
    readdirSync(join(base, folder))
      .filter((name) => name.endsWith(`-question.${ending}`))
      .map((name) => `${folder}/${name.slice(0, -1 - ending.length)}`),
  );
  const courseworks = folders.map((folder) => `${folder}/checks`);
  const threads = [
    'runtimes/node/inspect/inspect-worker',
    'judging/judge-thread',
    'sandbox/session/starter-process',
  ].map((path) => `graders/${path}`);
  const entries = ['graders/cli', ...threads, ...courseworks, ...questions]
    .map((path) => join(base, `${path}.${ending}`))
    .filter((path) => existsSync(path));
  return [...new Set([...entries, ...exportedBy(root, base, ending)])];
}

/** The modules that `exports` in package.json names, one by one or by their folder. */
function exportedBy(root, base, ending) {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const isModule = (name) => extname(name) === `.${ending}` && !/\.(test|test-d|testing|d)\.[tj]s$/.test(name);
  return Object.values(exports)
    .flatMap((target) => (typeof target === 'object' ? [join(base, target.default.replace('./dist/', ''))] : []))
    .flatMap((path) =>
      basename(path) === '*.js' && existsSync(dirname(path))
        ? readdirSync(dirname(path)).map((name) => join(dirname(path), name))
        : [path.replace(/\.js$/, `.${ending}`)],
    )
    .filter((path) => isModule(path) && existsSync(path));
}

/** Modules that make validators of schemas become the validators: code that ajv writes, and no ajv. */
const validators = {
  name: 'validators',
  setup(builder) {
    builder.onLoad({ filter: /-validators\.[tj]s$/ }, async ({ path }) => {
      const [{ default: standalone }, { ajv, names, validatorOf }] = await Promise.all([
        import('ajv/dist/standalone/index.js'),
        import(pathToFileURL(path).href),
      ]);
      for (const name of names) validatorOf(name);
      // A name may be one that no variable can have.
      const exported = names.map((name, i) => [`of_${i}`, name]);
      const code = standalone.default(ajv, Object.fromEntries(exported));
      const table = exported.map(([value, name]) => `${JSON.stringify(name)}: ${value}`).join(', ');
      const contents = `${code}\nconst all = { __proto__: null, ${table} };\nexport const validatorOf = (name) => all[name];\n`;
      return { contents, loader: 'js', resolveDir: dirname(path) };
    });
  },
};

/** The package for students has no module behind the commands of staff: who asks for one is told. */
const absent = {
  name: 'absent',
  setup(builder) {
    builder.onResolve({ filter: /^\.\/.*run-[a-z-]+\.js$/ }, ({ path, resolveDir }) =>
      existsSync(join(resolveDir, path)) ? undefined : { path, external: true },
    );
  },
};

/** Modules that ask where they lie are told where their source lies, beside which their files are. */
const ownPlaces = (base) => ({
  name: 'own-places',
  setup(builder) {
    builder.onLoad({ filter: /\.[tj]s$/ }, async ({ path }) => {
      const within = relative(base, path);
      if (within.startsWith('..') || within.split(sep).includes('node_modules')) return undefined;
      const text = await readFile(path, 'utf8');
      const loader = extname(path).slice(1);
      if (!text.includes('import.meta')) return { contents: text, loader };
      const define = {
        'import.meta.url': JSON.stringify(pathToFileURL(path).href),
        'import.meta.dirname': JSON.stringify(dirname(path)),
      };
      const { code } = await transform(text, { ...like, loader, define, sourcefile: path, sourcemap: 'inline' });
      return { contents: code, loader: 'js' };
    });
  },
});

/** What decides as well: the packages' descriptions, what npm last put where, schemas, the compiler, and how it is called. */
function alsoRead(root, inputs) {
  const packages = inputs.map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean);
  const compiler = dirname(dirname(fileURLToPath(import.meta.resolve('esbuild'))));
  const descriptions = [root, compiler, ...new Set(packages)].map((folder) => join(folder, 'package.json'));
  const installed = join(dirname(compiler), '.package-lock.json');
  const own = ['compile-program.js', 'compiled-program.cjs', 'link-program.js', 'program-loader.cjs'].map(beside);
  // What runs inside the sandbox is made of these, and the program remembers what they come to (guestFingerprint).
  const base = baseOf(root);
  const guest = ['runtimes/node', 'runtimes/node/guest', 'runtimes/node/language', 'protocol', 'numerics']
    .map((folder) => join(base, 'graders', folder))
    .flatMap((folder) => [folder, ...readdirSync(folder).map((file) => join(folder, file))]);
  const tensors = join(dirname(compiler), '@tensorflow');
  const libraries = existsSync(tensors) ? readdirSync(tensors).map((name) => join(tensors, name, 'package.json')) : [];
  const shared = ['kinds', 'model', 'numerics'].map((folder) => join(base, 'graders', folder));
  const schemas = ['assignment', 'contract', 'course'].map((name) => join(root, 'assignments', `${name}.schema.json`));
  return [...descriptions, ...libraries, installed, ...guest, ...shared, ...schemas, ...own]
    .map((path) => (isAbsolute(path) ? relative(root, path) : path))
    .filter((path) => existsSync(join(root, path)));
}

function listedAs(root, path) {
  const file = join(root, path);
  const { size, mtimeMs, ctimeMs } = statSync(file);
  return { path, size, mtimeMs, ctimeMs, digest: digestOf(file) };
}

/** Other processes may still load from the last one. */
function removeOld(folder, name) {
  for (const other of readdirSync(folder)) {
    const path = join(folder, other);
    const isOld = /^\.?program-/.test(other) && other !== name && Date.now() - statSync(path).mtimeMs > WEEK_MS;
    if (isOld) rmSync(path, { recursive: true, force: true });
  }
}
