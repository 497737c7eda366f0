// Finds the program in as few files as it can be loaded from, and only if they were made of what lies there now.
'use strict';
const { existsSync, readdirSync, readFileSync, statSync } = require('node:fs');
const { join, sep } = require('node:path');
const { pathToFileURL } = require('node:url');
const { openProgram } = require('./program-loader.cjs');

/** Says what the compiled program was made of; it is written last, and whole. */
const LISTING = 'program.json';

/**
 * The module that holds `main`, loaded. `folder` is where compiled files may be kept, undefined where nowhere; they are made when they
 * are missing or made of something else. Whatever goes wrong with them, the program runs from its own files.
 */
async function openMain(folder) {
  const root = join(__dirname, '..', sep);
  // In a checkout the source is what runs; the published package ships only the build.
  const source = join(root, 'graders/cli.ts');
  const own = pathToFileURL(existsSync(source) ? source : join(root, 'dist/graders/cli.js')).href;
  const compiled = folder === undefined ? undefined : await compiledIn(root, folder);
  return compiled === undefined ? import(own) : openProgram(pathToFileURL(join(compiled, sep)))('graders/cli.mjs');
}

async function compiledIn(root, folder) {
  try {
    return fitting(root, folder) ?? (await compiledNow(root, folder));
  } catch {
    return undefined;
  }
}

/** The folder of the compiled program, if every file that it was made of is what it was. */
function fitting(root, folder) {
  const listing = join(folder, LISTING);
  if (!existsSync(listing)) return undefined;
  const { name, root: at, inputs } = JSON.parse(readFileSync(listing, 'utf8'));
  const fits = at === root && inputs.every((input) => isAsItWas(root, input));
  return fits && existsSync(join(folder, name)) ? join(folder, name) : undefined;
}

/** Copies and checkouts of the same text have other times: then the text counts. */
function isAsItWas(root, { path, size, mtimeMs, ctimeMs, digest }) {
  // The root ends as a folder does; to join a thousand paths takes time, too.
  const file = root + path;
  const now = statSync(file, { throwIfNoEntry: false });
  if (now === undefined || now.size !== size) return false;
  return (now.mtimeMs === mtimeMs && now.ctimeMs === ctimeMs) || digestOf(file) === digest;
}

/** Of what a file holds, or of the names in a folder. */
function digestOf(path) {
  const { createHash } = require('node:crypto');
  const content = statSync(path).isDirectory() ? readdirSync(path).sort().join('\n') : readFileSync(path);
  return createHash('sha256').update(content).digest('base64');
}

async function compiledNow(root, folder) {
  const { compileProgram } = await import('./compile-program.js');
  return compileProgram(root, folder);
}

module.exports = { openMain, digestOf, LISTING };
