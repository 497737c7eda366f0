#!/usr/bin/env node
// Starts gradmark on Node 24 or newer; an older Node is only used to find a newer one. What is loaded before a command runs is
// asked for without `import`, which has Node make a module of each part of its own, with all that hangs on it: files as streams, keys.

const needed = 24;
const keys = 'gradmark-keys';

/** The package for staff, where it is installed beside this one: it is all that this is, with the keys. */
function withKeys(require) {
  if (require('../package.json').name === keys) return undefined;
  try {
    const { pathToFileURL } = require('node:url');
    return new URL('bin/gradmark.js', pathToFileURL(require.resolve(`${keys}/package.json`)));
  } catch {
    return undefined;
  }
}

async function run() {
  // An older Node may not know how to be asked so.
  const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);
  const staff = withKeys(require);
  if (staff !== undefined) return import(staff);
  const { rememberCompiled } = require('./compile-cache.cjs');
  const { openMain } = require('./compiled-program.cjs');
  const { main } = await openMain(rememberCompiled());
  process.exitCode = await main(process.argv.slice(2));
}

if (Number(process.versions.node.split('.')[0]) < needed) {
  const { runOnNewer } = await import('./newer-node.js');
  runOnNewer(needed);
} else await run();
