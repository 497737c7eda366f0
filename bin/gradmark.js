#!/usr/bin/env node
// Starts gradmark on Node 24 or newer. An older Node is only used to find a newer one: installed beside gradmark (the `node`
// package), or else in npm's cache, where npm puts it when it is first asked; so `npx gradmark` works on any machine with Node 20.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const needed = 24;
const keys = 'gradmark-keys';
const here = fileURLToPath(import.meta.url);

function newerNode() {
  try {
    return createRequire(here).resolve('node/bin/node');
  } catch {
    return nodeOfNpm();
  }
}

function nodeOfNpm() {
  console.error(`gradmark: this is Node ${process.versions.node}; npm is asked for Node ${needed}, which it keeps.`);
  const asked = [
    'exec',
    '--yes',
    '--loglevel=error',
    '--prefer-offline',
    '--fetch-retries=0',
    `--package=node@${needed}`,
  ];
  const { stdout } = spawnSync('npm', [...asked, '--', 'node', '-p', 'process.execPath'], { encoding: 'utf8' });
  return stdout?.trim().split('\n').at(-1);
}

/** The package for staff, where it is installed beside this one: it is all that this is, with the keys. */
function withKeys() {
  const { name } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  if (name === keys) return undefined;
  try {
    return new URL('bin/gradmark.js', pathToFileURL(createRequire(here).resolve(`${keys}/package.json`)));
  } catch {
    return undefined;
  }
}

if (Number(process.versions.node.split('.')[0]) < needed) {
  const node = newerNode();
  if (!node || !existsSync(node)) {
    console.error(
      `gradmark needs Node ${needed} or newer; this is Node ${process.versions.node}.\n` +
        `Install it beside gradmark with: npm install node@${needed}`,
    );
    process.exit(3);
  }
  const run = spawnSync(node, [here, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(run.status ?? 130);
} else if (withKeys() !== undefined) {
  await import(withKeys());
} else {
  // Only here: an older Node has no such cache, and says so while it reads the import.
  const { rememberCompiled } = await import('./compile-cache.js');
  const { programModule } = await import('./compiled-program.js');
  const { main } = await import(await programModule(rememberCompiled()));
  process.exitCode = await main(process.argv.slice(2));
}
