// Remembers compiled modules between runs, so that a command need not strip types and compile some hundred files again.
'use strict';
const { lstatSync, mkdirSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

/**
 * Turns the cache on in the folder `.cache` beside the program, and returns it; without a word, nothing is remembered where that
 * folder could be written to by somebody who could not change the program itself as well.
 */
function rememberCompiled() {
  const folder = join(__dirname, '../.cache');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = lstatSync(folder);
    const owner = lstatSync(__filename).uid;
    const isOurs =
      process.platform === 'win32' || ((uid === owner || uid === process.geteuid()) && (mode & 0o022) === 0);
    if (!lstatSync(folder).isDirectory() || !isOurs) return undefined;
    enableCompileCache(folder);
    return folder;
  } catch {
    // A folder that cannot be written to costs time, nothing else.
    return undefined;
  }
}

module.exports = { rememberCompiled };
