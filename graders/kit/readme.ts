/** The README of a kit: one screen, and the command that checks is on it. */
import type { Assignment } from '../model/assignment.ts';

/** What to write, how to check it, what to hand in. */
export function readmeOf({ title, tasks }: Pick<Assignment, 'title' | 'tasks'>): string {
  const written = tasks.some(({ manual }) => manual !== undefined) ? ['answers.md'] : [];
  const formulas = tasks.some(({ answers }) => answers !== undefined) ? ['answers.json'] : [];
  const modules = [...new Set(tasks.flatMap(({ unit }) => (unit === undefined ? [] : [`${unit}.ts`])))];
  const files = [...modules, ...formulas, ...written].map((name) => `\`${name}\``).join(', ');
  return `# ${title}

The sheet is \`handout.md\`. Your work goes into ${files || 'the files that it names'}: every function there says that it is not
implemented yet. Other files are given; the grader uses its own copies of them.

Once, in this folder (any Node from 20 on):

    npm install

Then, as often as you like:

    npm run check                    what is right, and the first mistakes with what is known about them
    npm run check -- --task ${tasks[0]?.id ?? 'Q1'}        one task only
    npm run watch                    the same after every change of a file
    npm test                         the tests in \`test/\`; add your own
    npm run types                    what the type checker says

\`check\` asks your program for practice numbers. It says which checks only your course makes: those marks, and the answers in
words, are given there. Grading asks other numbers of the same kind.

Hand in this folder without \`node_modules\`, as a zip or as your course says.
`;
}
