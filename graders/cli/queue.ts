/** `gradmark queue`: makes a queue on PostgreSQL, and looks after it. */
import type { Command } from 'commander';
import { Argument, Option } from 'commander';
import type { Finish } from './exit-codes.ts';
import { wholeNumber } from './options.ts';
import { keyOption } from './queue-options.ts';
import type { QueueCommand, QueueVerb } from './run-queue.ts';

/** Adds the command to the program. */
export function addQueue(program: Command, finish: Finish): void {
  program
    .command('queue')
    .summary('make a queue for several machines, and look after it')
    .description(
      'A queue on PostgreSQL lets any number of machines grade one class (docs/scale.md). "init" makes it, or brings it up to date,\n' +
        'and a key beside it, which every machine that grades needs a copy of. "status" says how it stands. "redrive" tries again\n' +
        'what was put aside. "course" says how large a course’s share is.',
    )
    .addArgument(
      new Argument('<what>', 'init, status, redrive or course').choices(['init', 'status', 'redrive', 'course']),
    )
    .argument('<address>', 'where the database is: postgres://user@host/database')
    .argument('[course]', 'of which course, for "course"')
    .option('--json', 'status as one JSON document')
    .addOption(new Option('--openmetrics', 'status as OpenMetrics text, for monitors').conflicts('json'))
    .addOption(
      new Option('--weight <n>', 'turns of the course for each of a course of weight 1').argParser(wholeNumber),
    )
    .addOption(new Option('--cap <n>', 'the most of the course that is graded at once').argParser(wholeNumber))
    .addOption(
      new Option('--heartbeat <seconds>', 'after how long a worker that says nothing has lost its jobs; init only')
        .argParser(wholeNumber)
        .default(30),
    )
    .option('--grant <role>', 'a role of the database that may grade with it; init only')
    .addOption(keyOption())
    .action(async (what: QueueVerb, address: string, course: string | undefined, options: QueueCommand) => {
      const { runQueue } = await import('./run-queue.ts');
      finish(await runQueue(what, address, course, options));
    });
}
