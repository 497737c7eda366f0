/** `gradmark request`, `requests` and `answer`: what students ask of a grade, and what they are told. */
import { type Command, Option } from 'commander';
import type { Finish } from './exit-codes.ts';
import type { AnswerOptions, RequestOptions, RequestsOptions } from './run-requests.ts';

const asOption = () =>
  new Option('--as <name>', 'under which name you say so; default: the name that this machine knows you by');
const textOption = () => new Option('--text <words>', 'what is said').conflicts('file');
const fileOption = () => new Option('--file <path>', 'a text file with what is said');
const folder = 'the folder that "gradmark grade --out" filled';

/** Adds the three commands to the program. */
export function addRequests(program: Command, finish: Finish): void {
  program
    .command('request')
    .summary('note what a student asks of a grade')
    .description('Notes a request in the gradebook and gives it a number. It is listed for staff until it is answered.')
    .argument('<dir>', folder)
    .argument('<student>', 'who asks, by id')
    .option('--task <task>', 'which task it is about')
    .addOption(textOption())
    .addOption(fileOption())
    .addOption(asOption())
    .action(async (dir: string, student: string, options: RequestOptions) => {
      const { runRequest } = await import('./run-requests.ts');
      finish(await runRequest(dir, student, options));
    });
  program
    .command('requests')
    .summary('list what students ask')
    .description('Lists the requests of a class with their numbers: open, upheld or not upheld.')
    .argument('<dir>', folder)
    .option('--open', 'only those that nobody has answered')
    .option('--json', 'print one JSON document')
    .action(async (dir: string, options: RequestsOptions) => {
      const { runRequests } = await import('./run-requests.ts');
      finish(await runRequests(dir, options));
    });
  program
    .command('answer')
    .summary('answer what a student asks')
    .description(
      'Answers a request; its student reads the answer on the page. Marks change by "gradmark adjust", "mark" or "regrade",\n' +
        'never by an answer alone.',
    )
    .argument('<dir>', folder)
    .argument('<number>', 'of the request, as "gradmark requests" lists it')
    .option('--upheld', 'the student is right')
    .option('--instead', 'take the place of an answer that was given before')
    .addOption(textOption())
    .addOption(fileOption())
    .addOption(asOption())
    .action(async (dir: string, number: string, options: AnswerOptions) => {
      const { runAnswer } = await import('./run-requests.ts');
      finish(await runAnswer(dir, number, options));
    });
}
