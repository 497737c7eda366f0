/** Which coursework a folder or archive belongs to, where nobody says so: its files tell. */
import type { Coursework } from '../coursework.ts';
import { hasChecks, listCourseworks, openCoursework, openPractice } from '../coursework.ts';
import { assignmentFolder } from '../assignment/find-assignments.ts';
import { recognise } from './recognise.ts';

/** The named coursework, or the one whose files the folder or archive holds; with its practice pack where the keys are absent. */
export async function chooseCoursework(
  path: string,
  {
    assignment,
    assignments,
    practice,
  }: {
    assignment?: string;
    assignments: readonly string[];
    practice?: boolean;
  },
): Promise<Coursework> {
  const folder =
    assignment === undefined
      ? await recognise(path, assignments)
      : assignmentFolder(await listCourseworks(assignments), assignment);
  return practice === true || !hasChecks(folder) ? openPractice(folder) : openCoursework(folder);
}
