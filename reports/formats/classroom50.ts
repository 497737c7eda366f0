/** Classroom 50's result.json, `classroom50/result/v1`: its marks are whole numbers, so ours are counted in parts of a mark. */
import type { RunView, TestView } from './run-view.ts';

/** What Classroom 50 tells of the hand-in, which goes back as it came. */
export interface HandIn {
  classroom: string;
  assignment: string;
  assignment_type: string;
  owner: string;
  submission: string;
  commit: string;
  release: string;
  review: string;
  datetime: string;
}

const MOST_TESTS = 100;
const MOST_OUTPUT = 2000;

/** The run as Classroom 50 takes it. */
export function classroom50(run: RunView, handIn: HandIn): string {
  const counted = run.tests.filter(({ status, max }) => status !== 'person' && max > 0);
  const rows = counted.length <= MOST_TESTS ? counted.map(row) : byTask(counted);
  const scale = scaleOf(rows.flatMap(({ points, max }) => [points, max]));
  const tests = rows.map(({ name, points, max, output }) => ({
    'test-name': name,
    passed: points >= max,
    score: Math.round(points * scale),
    'max-score': Math.round(max * scale),
    output,
  }));
  const sum = (of: 'score' | 'max-score') => tests.reduce((total, test) => total + test[of], 0);
  const document = {
    ...{ schema: 'classroom50/result/v1', ...handIn, graded_at: run.finishedAt },
    ...{ score: sum('score'), 'max-score': sum('max-score'), tests },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

interface Row {
  name: string;
  points: number;
  max: number;
  output: string;
}

const row = ({ id, title, points, max, says, body, status }: TestView): Row => ({
  ...{ name: `${id} ${title}`, points, max },
  output: cut(status === 'pass' ? says : body),
});

const byTask = (tests: readonly TestView[]): Row[] =>
  [...Map.groupBy(tests, ({ task }) => task).values()].map((own) => ({
    name: `${own[0]!.task} ${own[0]!.taskTitle}`,
    points: own.reduce((sum, { points }) => sum + points, 0),
    max: own.reduce((sum, { max }) => sum + max, 0),
    output: cut(own.map(({ id, says }) => `${id}: ${says}`).join('\n')),
  }));

const cut = (text: string): string => (text.length > MOST_OUTPUT ? `${text.slice(0, MOST_OUTPUT - 2)}\n…` : text);

/** The least factor that makes whole numbers of all marks; a thousandth of a mark is the finest that is told apart. */
function scaleOf(marks: readonly number[]): number {
  const isWhole = (value: number) => Math.abs(value - Math.round(value)) < 1e-6;
  return [1, 2, 4, 5, 10, 20, 100].find((scale) => marks.every((mark) => isWhole(mark * scale))) ?? 1000;
}
