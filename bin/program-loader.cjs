// Loads the compiled program: functions, one for each module, in a few texts, with V8's code cache of what was run before. Node's
// own cache of modules holds nothing of functions that are compiled when they are first called, which are most of what a command runs.
'use strict';
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { basename } = require('node:path');
const { fileURLToPath } = require('node:url');
const { Script } = require('node:vm');
const { isMainThread, threadId } = require('node:worker_threads');

/** Says which text holds which module. */
const INDEX = 'modules.json';
/** Ends the name of a text that is not all ASCII: of those each letter takes two bytes in memory, and longer to read. */
const WIDE = '-wide';
/** Before the code in a cache stands which modules had run when it was made, filled up to a multiple of so many bytes. */
const HEAD_BYTES = 64;

const opened = new Map();

/** Gives what a module of the program in this folder exports, by the name that the compiler gave it. */
function openProgram(folder) {
  const { href } = folder;
  if (!opened.has(href)) opened.set(href, loaderOf(folder));
  return opened.get(href);
}

function loaderOf(folder) {
  const textOf = JSON.parse(readFileSync(new URL(INDEX, folder), 'utf8'));
  const external = createRequire(folder);
  const texts = new Map();
  const modules = new Map();
  const builtIns = new Map();

  function load(name) {
    const known = modules.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(name, module);
    try {
      const text = textOf[name];
      if (!texts.has(text)) texts.set(text, openText(folder, text, name));
      const { modules: functions, ran } = texts.get(text);
      ran.add(name);
      functions[name](module.exports, required, module, importByUrl, keepCode);
    } catch (error) {
      modules.delete(name);
      throw error;
    }
    // The compiler's are getters, which would be called at every use; nothing that is exported changes afterwards.
    module.exports = Object.assign({}, module.exports);
    return module.exports;
  }

  function required(name) {
    if (textOf[name] !== undefined) return load(name);
    if (!builtIns.has(name)) builtIns.set(name, process.getBuiltinModule(name));
    const found = builtIns.get(name);
    if (found !== undefined) return found;
    if (!name.startsWith('.')) return external(name);
    throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'ERR_MODULE_NOT_FOUND' });
  }

  /** A module of this program is here already; all else is left to Node. */
  async function importByUrl(url) {
    const name = url.startsWith(folder.href) ? url.slice(folder.href.length) : undefined;
    return textOf[name] === undefined ? import(url) : load(name);
  }

  /** Keeps the code that this thread has compiled by now, for the next one that begins with the same modules. */
  function keepCode() {
    for (const text of texts.values()) text.keep();
  }

  // Threads are ended, not left: what runs in them says when.
  if (isMainThread) process.on('exit', keepCode);
  return load;
}

/** `first` is the module for which the text is opened: commands that begin with the same one compile much the same. */
function openText(folder, text, first) {
  const cache = fileURLToPath(new URL(`${text}.${basename(first, '.mjs')}.v8c`, folder));
  const kept = read(cache);
  const { href } = new URL(`${text}.js`, folder);
  const script = new Script(readFileSync(new URL(href), text.endsWith(WIDE) ? 'utf8' : 'latin1'), {
    filename: href,
    ...(kept && { cachedData: kept.code }),
  });
  const covered = new Set(script.cachedDataRejected === false ? kept.names : []);
  const ran = new Set();
  let isNew = false;
  return {
    modules: script.runInThisContext(),
    ran,
    /**
     * Only where a module has run that had not: to see which functions have been would take longer than to compile them. Whoever
     * has begun keeps what it compiles later, too.
     */
    keep() {
      isNew ||= !ran.isSubsetOf(covered);
      if (!isNew) return;
      for (const name of ran) covered.add(name);
      write(cache, [...covered], script.createCachedData());
    },
  };
}

function read(file) {
  try {
    const bytes = readFileSync(file);
    const end = bytes.indexOf(0);
    const names = JSON.parse(bytes.toString('latin1', 0, end));
    return { names, code: bytes.subarray(Math.ceil((end + 1) / HEAD_BYTES) * HEAD_BYTES) };
  } catch {
    return undefined;
  }
}

/** Whole or not at all; where nothing can be written that costs time, nothing else. */
function write(file, names, code) {
  const head = JSON.stringify(names);
  const padding = Buffer.alloc(HEAD_BYTES - (head.length % HEAD_BYTES));
  const draft = `${file}.${process.pid}.${threadId}`;
  try {
    writeFileSync(draft, Buffer.concat([Buffer.from(head), padding, code]), { mode: 0o600 });
    renameSync(draft, file);
  } catch {
    return;
  }
}

module.exports = { openProgram, INDEX, WIDE };
