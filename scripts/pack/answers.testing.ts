/** Texts by which an answer of a coursework is told where it should not be. */
import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { formulasOf, problemsOf } from '../../graders/audit/known-mistakes.ts';
import { listCourseworks, openCoursework } from '../../graders/coursework.ts';
import { root } from '../house/sources.ts';

export const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(path, name)).isFile());

export interface Answers {
  slug: string;
  /** What formulas are; short ones, such as x, stand in every program. */
  formulas: string[];
  /** What is said of known mistakes: packs for practice hold it, nothing else does. */
  sentences: string[];
  /** Lines of the model solution that no starter has. */
  lines: string[];
  /** The ideas that a rubric looks for. */
  concepts: string[];
}

/** Where model solutions lie. */
const solutions = ['', 'python', 'python/torch'];

const isLong = (text: string): boolean => text.length >= 12;

/** Those of every coursework that comes with gradmark. */
export async function answersOfAll(): Promise<Answers[]> {
  const known = new Set(linesOf(join(root, 'assignments')));
  const courseworks = [...(await listCourseworks([]))];
  return Promise.all(
    courseworks.map(async ([slug, home]) => {
      const { checks, assignment } = await openCoursework(home);
      const formulas = formulasOf(checks);
      const wrong = [
        ...problemsOf(checks).flatMap(({ mistakes }) => mistakes),
        ...formulas.flatMap(({ mistakes }) => mistakes),
      ];
      return {
        slug,
        formulas: formulas.map(({ truth }) => truth).filter(isLong),
        sentences: wrong.map(({ advice }) => advice ?? '').filter(isLong),
        lines: solutions
          .flatMap((place) => linesOf(join(root, 'reference', place, slug)))
          .filter((line) => !known.has(line)),
        concepts: assignment.tasks.flatMap(({ manual }) => manual?.rubric ?? []).flatMap((item) => item.concepts ?? []),
      };
    }),
  );
}

/** Lines of programs, in TypeScript and in Python, that are long enough to be nobody else's. */
const linesOf = (path: string): string[] =>
  (existsSync(path) ? filesIn(path) : [])
    .filter((name) => /\.(ts|py)$/.test(name) && !lstatSync(join(path, name)).isSymbolicLink())
    .flatMap((name) => readFileSync(join(path, name), 'utf8').split('\n'))
    .map((line) => line.trim())
    .filter((line) => line.length > 45 && !/^(import|from|export \*|\*|\/|#)/.test(line));
