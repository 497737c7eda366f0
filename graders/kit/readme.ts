/** The README of a kit: one screen, and the command that checks is on it. */
import type { Assignment } from '../model/assignment.ts';
import { pythonModuleOf } from '../runtimes/python/language/unit-files.ts';

/** What to write, how to check it, what to hand in. */
export function readmeOf({ title, tasks }: Pick<Assignment, 'title' | 'tasks'>): string {
  const files = namesOf(tasks, (unit) => `${unit}.ts`);
  return `# ${title}

The sheet is \`handout.md\`. Your work goes into ${files || 'the files that it names'}: every function there says that it is not
implemented yet. Other files are given; the grader uses its own copies of them.

Once, in this folder (any Node from 20 on):

    npm install

Then, as often as you like:

    npm run check                    what is right, and the first mistakes with what is known about them
    ${`npm run check -- --task ${tasks[0]?.id ?? 'Q1'}`.padEnd(32)} one task only
    npm run watch                    the same after every change of a file
    npm test                         the same checks as tests, for the test view of an editor; add your own
    npm run types                    what the type checker says

\`check\` asks your program for practice numbers. It says which checks only your course makes: those marks, and the answers in
words, are given there. Grading asks other numbers of the same kind.

Hand in this folder without \`node_modules\`, as a zip or as your course says.
`;
}

/** Every check as a test of pytest, from what `gradmark check --json` prints. */
const pytestExample = `import json, subprocess, pytest

ran = subprocess.run(["npx", "gradmark", "check", "--json"], capture_output=True, text=True)
work = json.loads(ran.stdout)["submissions"][0]

@pytest.mark.parametrize("check", [c for t in work["tasks"] for c in t["checks"]], ids=lambda c: c["id"])
def test_check(check):
    if check["outcome"] in ("manual", "skipped"):
        pytest.skip("made by the course")
    assert check["outcome"] == "pass", check.get("because") or check.get("finding", {}).get("says")`;

/** The command that sets up what programs of this coursework are run with, tensor libraries included. */
export const setupCommand = ({ python }: Pick<Assignment, 'python'>): string =>
  ['npx gradmark python setup', ...(python?.libraries ?? []).map((library) => `--with ${library}`)].join(' ');

/** The same for who writes Python, and need know nothing of Node. */
export function pythonReadmeOf({ title, tasks, python }: Pick<Assignment, 'title' | 'tasks' | 'python'>): string {
  return `# ${title}

The sheet is \`handout.md\`. Your work goes into ${namesOf(tasks, pythonModuleOf) || 'the files that it names'}, or into one notebook
(.ipynb) in the place of all .py files. Other files are given; the grader uses its own copies of them.

Once, in this folder, with Python 3.11 or newer and any Node from 20 on (nodejs.org; you need know nothing of it):

    npm install
    ${setupCommand({ python })}

Then, as often as you like:

    npm run check                    what is right, and the first mistakes with what is known about them
    ${`npm run check -- --task ${tasks[0]?.id ?? 'Q1'}`.padEnd(32)} one task only
    npm run watch                    the same after every change of a file

Who has pytest may have the checks beside tests of their own, in \`test_checks.py\`:

${pytestExample
  .split('\n')
  .map((line) => (line === '' ? '' : `    ${line}`))
  .join('\n')}

Of a notebook it is said which cells were run: what the asked names need, and nothing that trains, plots or prints. \`check\` asks
your program for practice numbers; grading asks other numbers of the same kind.

Hand in this folder without \`node_modules\`, as a zip or as your course says.
`;
}

/** What is handed in, modules first. */
function namesOf(tasks: Assignment['tasks'], moduleOf: (unit: string) => string): string {
  const written = tasks.some(({ manual }) => manual !== undefined) ? ['answers.md'] : [];
  const formulas = tasks.some(({ answers }) => answers !== undefined) ? ['answers.json'] : [];
  const modules = [...new Set(tasks.flatMap(({ unit }) => (unit === undefined ? [] : [moduleOf(unit)])))];
  return [...modules, ...formulas, ...written].map((name) => `\`${name}\``).join(', ');
}
