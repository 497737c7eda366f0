// Runs the same command on a newer Node: installed beside gradmark (the `node` package), or else in npm's cache, where npm puts it
// when it is first asked; so `npx gradmark` works on any machine with Node 20.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// Where it lies, whatever link leads to it: packages are looked for from there.
const program = fileURLToPath(new URL('gradmark.js', import.meta.url));

/** Ends this process as the one on the newer Node ended. */
export function runOnNewer(needed) {
  const node = newerNode(needed);
  if (!node || !existsSync(node)) {
    console.error(
      `gradmark needs Node ${needed} or newer; this is Node ${process.versions.node}.\n` +
        `Install it beside gradmark with: npm install node@${needed}`,
    );
    process.exit(3);
  }
  const run = spawnSync(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(run.status ?? 130);
}

function newerNode(needed) {
  try {
    return createRequire(program).resolve('node/bin/node');
  } catch {
    return nodeOfNpm(needed);
  }
}

function nodeOfNpm(needed) {
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
