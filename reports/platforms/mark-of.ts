/** What a platform is told of a grade: a number only where nothing is left to do. */
import type { Grade } from '../../graders/model/grade.ts';
import { marksAre } from '../format.ts';

type Told = { mark: number } | { blank: string };

/** The mark, or why there is none yet; `scale` is what stands for one mark in the platform. */
export function markOf(grade: Grade, scale = 1): Told {
  if (grade.held) return { blank: 'is held: the grader had a problem of its own' };
  if (grade.refused !== undefined) return { blank: 'was refused: it could not be graded' };
  if (grade.manualMax > 0) return { blank: `waits for a marker: ${marksAre(grade.manualMax)} not given yet` };
  return { mark: grade.score * scale };
}
