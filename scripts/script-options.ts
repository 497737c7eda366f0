/** Options of a script: `--help` says what there is, and a word that is not known is told in a sentence. */
import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';

/** The options that the script was given; after `--help` it ends with 0, after a word that it does not know with 2. */
export function scriptOptions<const Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return misused(error.message, usage);
  }
}

/** Ends the script, which was asked for something that there is not. */
export function misused(says: string, usage: string): never {
  process.stderr.write(`${says}\n\n${usage}\n`);
  process.exit(2);
}
