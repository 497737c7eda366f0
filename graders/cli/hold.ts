/** `gradmark hold` and `gradmark release`: a person keeps a grade back, and lets it go. */
import type { Command } from 'commander';
import type { Finish } from './exit-codes.ts';
import type { HoldOptions } from './run-hold.ts';

/** Adds both commands to the program. */
export function addHold(program: Command, finish: Finish): void {
  const commands = [
    ['hold', 'keep a grade back', 'A held grade is neither published nor exported; staff read why.'],
    ['release', 'let a grade go that a person held', 'It is published and exported again, as it is then.'],
  ] as const;
  for (const [name, summary, says] of commands) {
    program
      .command(name)
      .summary(summary)
      .description(`${says} Pages and tables are written again.`)
      .argument('<dir>', 'the folder that "gradmark grade --out" filled')
      .argument('<student>', 'the id, as in grades.csv')
      .requiredOption('--why <reason>', 'why, for staff and for the record')
      .option('--as <name>', 'under which name; default: the name that this machine knows you by')
      .action(async (dir: string, student: string, options: HoldOptions) => {
        const { hold, release } = await import('./run-hold.ts');
        finish(await (name === 'hold' ? hold : release)(dir, student, options));
      });
  }
}
