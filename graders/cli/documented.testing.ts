/** The commands of a page of the documentation, as somebody would type them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';

/** The words after `gradmark` of each line of a block that begins with it, quotes and remarks taken off. */
export const documented = (page: string): string[][] =>
  [...readFileSync(join(packageRoot, 'docs', page), 'utf8').matchAll(/^gradmark (.+)$/gm)].map(([, words]) =>
    [...words!.replace(/ +#.*/, '').matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word),
  );
