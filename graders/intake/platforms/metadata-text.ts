/** The text of submission_metadata.yml. What reads it is loaded with this file: in the compiled program a package has no names of its own. */
import { parse } from 'yaml';

/** Results of tests make up nearly all of it, and hold what students' programs printed: they are left out before it is parsed. */
export function withoutResults(text: string): string {
  const kept: string[] = [];
  let depth = Infinity;
  for (const line of text.split(/\r\n|[\r\n]/)) {
    const [, indent = '', results] = /^( *)(?:- )?(?!- )(:results:)?/.exec(line) ?? [];
    const isBelow = line.trim() === '' || indent.length > depth || (indent.length === depth && /^ *- /.test(line));
    if (isBelow && depth !== Infinity) continue;
    depth = Infinity;
    if (results === undefined) kept.push(line);
    else {
      depth = line.indexOf(':results:');
      // The first key of an entry leaves the entry there.
      if (/^ *- /.test(line)) kept.push(line.replace(/:results:.*$/, ':results: null'));
    }
  }
  return kept.join('\n');
}

/** The platform writes an alias where two submissions share a person; more than a class has would be a trap. */
export const valueOf = (text: string): unknown =>
  parse(text, { maxAliasCount: 10_000, schema: 'core', logLevel: 'error' });
