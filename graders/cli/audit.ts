/** `gradmark audit`: how good is the grader itself. */
import type { Command } from 'commander';
import { Option } from 'commander';
import {
  assignmentsOption,
  jobsOption,
  percentage,
  practiceSeed,
  seedOption,
  unsafeOption,
  atLeastOne,
  wholeNumber,
} from './options.ts';
import type { Finish } from './exit-codes.ts';
import type { AuditOptions } from './run-audit.ts';

/** Adds the command to the program. */
export function addAudit(program: Command, finish: Finish): void {
  program
    .command('audit')
    .summary('how good is the grader itself')
    .description(
      'Plants every known mistake, grades correct programs on thousands of probes, mutates them, and grades again: how many\n' +
        'wrong answers pass, how many right ones fail, how often is the mistake named. With --out an interrupted audit goes on\n' +
        'where it stopped. Exit code 1 when the grader is not good enough to be used.',
    )
    .argument('<assignment>', 'name of the coursework')
    .option('--quick', 'a sample of everything, in about a minute')
    .addOption(
      new Option('--language <name>', 'of the correct programs')
        .choices(['typescript', 'python'])
        .default('typescript'),
    )
    .option('--out <dir>', 'write audit.json and audit.html there')
    .option('--backends <names>', 'separated by commas; without it wasm, cpu, and node where it is built')
    .addOption(new Option('--seeds <n>', 'probes per correct program and backend').argParser(atLeastOne))
    .addOption(new Option('--mutants <n>', 'at most so many mutants, drawn evenly').argParser(wholeNumber))
    .addOption(
      new Option('--fail-under <percent>', 'share of mutants that must be killed').default(99).argParser(percentage),
    )
    .option('--json', 'print the report as one JSON document')
    .addOption(jobsOption())
    .addOption(seedOption().default(practiceSeed))
    .addOption(assignmentsOption())
    .addOption(unsafeOption())
    .action(async (slug: string, options: AuditOptions) => {
      const { runAudit } = await import('./run-audit.ts');
      finish(await runAudit(slug, options));
    });
}
