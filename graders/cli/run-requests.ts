/** What `gradmark request`, `requests` and `answer` do. */
import { plainLine } from '../../reports/plain-text.ts';
import { requestsText } from '../../reports/requests-text.ts';
import { toJson } from '../gradebook/json.ts';
import type { RegradeRequest } from '../model/marking.ts';
import type { Results } from '../model/grade.ts';
import { readPlainText } from '../plain-file.ts';
import { wantsColour } from './colour.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { called, studentNamed, taskNamed } from './named-in-class.ts';
import { atDesk, signedAs, tellViews } from './open-desk.ts';

interface Said {
  text?: string;
  file?: string;
  as?: string;
}
export interface RequestOptions extends Said {
  task?: string;
}
export interface RequestsOptions {
  open?: boolean;
  json?: boolean;
}
export interface AnswerOptions extends Said {
  upheld?: boolean;
  instead?: boolean;
}

/** Notes what a student asks; returns the exit code. */
export async function runRequest(dir: string, typed: string, options: RequestOptions): Promise<number> {
  const text = await wordsOf(options);
  const says = await atDesk(dir, (desk, book) => {
    const grade = studentNamed(desk.look().results, typed);
    const task = options.task === undefined ? undefined : taskNamed(grade, options.task).id;
    const [event] = book.append([
      {
        ...{ kind: 'requested', who: signedAs(options.as), at: new Date().toISOString(), student: grade.id, text },
        ...(task !== undefined && { task }),
      },
    ]);
    return `Request ${event!.seq} of ${called(grade)} is noted: gradmark answer ${dir} ${event!.seq} --text …\n`;
  });
  process.stdout.write(says);
  return tellViews(dir);
}

/** Lists what was asked; returns the exit code. */
export async function runRequests(dir: string, { open, json }: RequestsOptions): Promise<number> {
  const all = await atDesk(dir, (desk) => requestsIn(desk.look().results));
  const listed = all.filter(({ answer }) => open !== true || answer === undefined);
  const look = { colour: wantsColour(process.stdout), width: process.stdout.columns ?? 100 };
  process.stdout.write(`${json === true ? toJson(listed) : requestsText(listed, look)}\n`);
  return exitCodes.done;
}

/** Answers a request; returns the exit code. */
export async function runAnswer(dir: string, number: string, options: AnswerOptions): Promise<number> {
  const text = await wordsOf(options);
  const says = await atDesk(dir, (desk, book) => {
    const all = requestsIn(desk.look().results);
    const request = all.find((one) => String(one.number) === number);
    if (request === undefined) {
      throw new UserError(
        `There is no request ${plainLine(number)} in ${dir}: gradmark requests ${dir} lists all ${all.length}.`,
      );
    }
    const { answer, student } = request;
    if (answer !== undefined && options.instead !== true) {
      throw new UserError(
        `${plainLine(answer.by)} has answered request ${number} at ${answer.at}. Nothing was written: --instead takes the place of that answer.`,
      );
    }
    const upheld = options.upheld === true;
    const signed = { who: signedAs(options.as), at: new Date().toISOString() };
    book.append([{ ...signed, kind: 'answered', student, request: request.number, text, upheld }]);
    return `Request ${number} of ${plainLine(student)} is answered, ${upheld ? 'upheld' : 'not upheld'}.\n`;
  });
  process.stdout.write(says);
  return tellViews(dir);
}

const requestsIn = ({ submissions }: Results): (RegradeRequest & { student: string })[] =>
  submissions
    .flatMap(({ id: student, requests = [] }) => requests.map((request) => ({ student, ...request })))
    .sort((a, b) => a.number - b.number);

/** More is a work of its own, and no question. */
const longest = 20_000;

/** What is said, on the command line or in a file. */
async function wordsOf({ text, file }: Said): Promise<string> {
  if (text === undefined && file === undefined) throw new UserError('Say it with --text "…", or with --file <path>.');
  const words = (text ?? (await readWords(file!))).trim();
  if (words === '') throw new UserError(`${text === undefined ? file : '--text'} is empty: there is nothing to keep.`);
  if (words.length <= longest) return words;
  throw new UserError(
    `${text === undefined ? file : '--text'} has ${words.length} characters; ${longest} are the most.`,
  );
}

const readWords = (path: string): Promise<string> =>
  readPlainText(path).catch(({ code }: NodeJS.ErrnoException) => {
    throw new UserError(`${path} cannot be read (${code}).`);
  });
