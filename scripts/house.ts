/** Prints the figures of the house beside their goals; `--why` lists what makes up those that miss them. Exits with 1 if any does. */
import { figuresOfTheHouse } from './house/figures.ts';
import { isMet } from './house/goals.ts';

const why = process.argv.includes('--why');
const figures = await figuresOfTheHouse();
for (const figure of figures) {
  const { says, value, goal, atLeast, because } = figure;
  const bound = atLeast === true ? `at least ${goal}` : `at most ${goal}`;
  process.stdout.write(`${isMet(figure) ? '✓' : '✗'} ${String(value).padStart(6)}  ${says} (${bound})\n`);
  if (why && !isMet(figure)) for (const line of because ?? []) process.stdout.write(`            ${line}\n`);
}
process.exit(figures.every(isMet) ? 0 : 1);
