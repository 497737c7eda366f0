/**
 * What grading costs, as CPU time: the command line and a class in multiples of a bare Node process or beside their goals, all
 * measured in the same run, so that the machine's speed cancels out. Medians. `--class 2000` takes a larger class,
 * `--only command-line,class,model-solutions,python,python-libraries` some of the parts; a name of a coursework its model solution alone.
 */
import { benchClass } from './bench/class.ts';
import { benchCommandLine } from './bench/command-line.ts';
import type { Line } from './bench/lines.ts';
import { lineText } from './bench/lines.ts';
import { benchModelSolutions } from './bench/model-solutions.ts';
import { benchPython } from './bench/python.ts';
import { benchPythonLibraries } from './bench/python-libraries.ts';
import { misused, scriptOptions } from './script-options.ts';

const rounds = 7;
const usage = `npm run bench -- [options] [coursework …]

  --only <parts> of command-line, class, model-solutions, python, python-libraries, with commas
  --class <n>    submissions in the class (100)`;
const { values, positionals } = scriptOptions(usage, {
  allowPositionals: true,
  options: { class: { type: 'string', default: '100' }, only: { type: 'string' } },
});
const parts: Record<string, () => Promise<Line[]>> = {
  'command-line': () => benchCommandLine(rounds),
  'model-solutions': () => benchModelSolutions(rounds, positionals),
  class: () => benchClass(Number(values.class)),
  python: () => benchPython(rounds),
  'python-libraries': () => benchPythonLibraries(3),
};
const wanted = values.only?.split(',') ?? (positionals.length > 0 ? ['model-solutions'] : Object.keys(parts));
for (const name of wanted) {
  const part = parts[name];
  if (part === undefined) misused(`There is no part ${name}; there are ${Object.keys(parts).join(', ')}.`, usage);
  process.stdout.write(`${name}\n`);
  for (const line of await part()) process.stdout.write(`  ${lineText(line)}\n`);
}
