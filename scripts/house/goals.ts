/** Whether a figure of the house keeps its goal. */
import type { Figure } from './figures.ts';

export const isMet = ({ value, goal, atLeast }: Figure): boolean => (atLeast === true ? value >= goal : value <= goal);
