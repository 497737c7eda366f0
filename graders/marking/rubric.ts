/** By what a task is marked: the coursework's rubric, or the one that staff put in its place. */
import type { Rubric } from '../gradebook/event.ts';
import type { State } from '../gradebook/state.ts';

/**
 * The rubric of a task as it holds now. The coursework's own adds up items from 0 to the marks that people give; undefined where
 * people mark nothing.
 */
export function rubricOf(state: State, taskId: string, cap: number): Rubric | undefined {
  const changed = state.rubrics.get(taskId);
  if (changed !== undefined) return changed.rubric;
  const task = state.config?.assignment.tasks.find(({ id }) => id === taskId);
  return task?.manual === undefined ? undefined : { items: task.manual.rubric, from: 0, floor: 0, cap };
}
