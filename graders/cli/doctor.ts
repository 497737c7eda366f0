/** `gradmark doctor`: what this machine can do, proven by trying, with the command that mends each gap. */
import type { Command } from 'commander';
import type { Finish } from './exit-codes.ts';
import { exitCodes } from './exit-codes.ts';
import { pythonOption } from './options.ts';

/** Adds the command to the program. Exit code 3 when the machine cannot isolate a student's program. */
export function addDoctor(program: Command, finish: Finish): void {
  program
    .command('doctor')
    .summary('what this machine can do')
    .description(
      'Tries out, inside each sandbox level, what a student’s program could reach, and prints the mend for each gap.',
    )
    .option('--json', 'print one JSON document')
    .addOption(pythonOption())
    .action(async (options: { json?: boolean; python?: string }) => {
      const { doctorText, examine } = await import('../sandbox/doctor/doctor.ts');
      const report = await examine(options.python);
      process.stdout.write(options.json === true ? `${JSON.stringify(report, null, 2)}\n` : `${doctorText(report)}\n`);
      finish(report.level === 'A' || report.level === 'A-' ? exitCodes.done : exitCodes.ours);
    });
}
