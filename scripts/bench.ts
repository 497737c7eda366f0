/**
 * What grading costs, as CPU time: the command line and a class in multiples of a bare Node process or beside their goals, all
 * measured in the same run, so that the machine's speed cancels out. Medians. `--class 2000` takes a larger class,
 * `--only command-line,class,model-solutions` some of the parts; a name of a coursework its model solution alone.
 */
import { parseArgs } from 'node:util';
import { benchClass } from './bench/class.ts';
import { benchCommandLine } from './bench/command-line.ts';
import type { Line } from './bench/lines.ts';
import { lineText } from './bench/lines.ts';
import { benchModelSolutions } from './bench/model-solutions.ts';

const rounds = 7;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { class: { type: 'string', default: '100' }, only: { type: 'string' } },
});
const parts: Record<string, () => Promise<Line[]>> = {
  'command-line': () => benchCommandLine(rounds),
  'model-solutions': () => benchModelSolutions(rounds, positionals),
  class: () => benchClass(Number(values.class)),
};
const wanted = values.only?.split(',') ?? (positionals.length > 0 ? ['model-solutions'] : Object.keys(parts));
for (const name of wanted) {
  const part = parts[name];
  if (part === undefined) throw new Error(`There is no part ${name}; there are ${Object.keys(parts).join(', ')}.`);
  process.stdout.write(`${name}\n`);
  for (const line of await part()) process.stdout.write(`  ${lineText(line)}\n`);
}
