/** What `gradmark new` does. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { listCourseworks } from '../coursework.ts';
import { alreadyThere, writeKit } from '../kit/write-kit.ts';
import { packageRoot } from '../package-root.ts';
import { exitCodes, UserError } from './exit-codes.ts';

export interface NewOptions {
  in: string;
}

/** Writes the coursework and says what comes next. */
export async function runNew(slug: string, options: NewOptions): Promise<number> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))
    throw new UserError(
      `"${slug}" is no name of a coursework: use small letters and digits, with hyphens between words.`,
    );
  if ((await listCourseworks([])).has(slug))
    throw new UserError(`gradmark brings a coursework ${slug}; choose another name.`);
  const [parent, to] = [resolve(options.in), join(resolve(options.in), slug)];
  const there = await alreadyThere(parent, [slug]);
  if (there.length > 0)
    throw new UserError(`${to} is there already. Nothing was written; choose another name or --in.`);
  await writeKit(to, scaffold(slug)).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${to} cannot be written (${error.code ?? error.message}). Nothing was left there.`);
  });
  const folder = relative(process.cwd(), parent) || '.';
  process.stdout.write(
    [
      `${relative(process.cwd(), to)}: assignment.json, handout.md, checks.ts, starter/, reference/, fixtures/`,
      '',
      `  gradmark audit ${slug} --assignments ${folder} --quick      how good the checks are`,
      `  gradmark pack-practice ${slug} --assignments ${folder}      what students practise on`,
      `  gradmark start ${slug} --assignments ${folder} --to kit     the kit that they get`,
      '',
      '',
    ].join('\n'),
  );
  return exitCodes.done;
}

/** The files of the coursework, under its name. */
function scaffold(slug: string): ReadonlyMap<string, string> {
  const from = join(packageRoot, 'scaffold');
  const paths = readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.sort().map((path) => [relative(from, path), readFileSync(path, 'utf8').replaceAll('"SLUG"', `"${slug}"`)]),
  );
}
