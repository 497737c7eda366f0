/** What students ask, as text for a terminal: number, who, task and state, and below it both sides' words. */
import type { RegradeRequest } from '../graders/model/marking.ts';
import { instant } from './format.ts';
import { plain, plainLine } from './plain-text.ts';
import type { Look } from './terminal-paint.ts';
import { painter } from './terminal-paint.ts';
import { wrap } from './text-layout.ts';

/** All of them in the order in which they came, and how many wait. */
export function requestsText(requests: readonly (RegradeRequest & { student: string })[], look: Look): string {
  const paint = painter(look);
  const width = Math.max(40, look.width);
  const indented = (text: string) => wrap(plain(text), width - 4).map((line) => `    ${line}`);
  const lines = requests.flatMap(({ number, student, task, text, at, answer }) => {
    const state = answer === undefined ? 'open' : answer.upheld ? 'upheld' : 'not upheld';
    const head = [`${number}`, plainLine(student), ...(task === undefined ? [] : [plainLine(task)]), instant(at)];
    const said =
      answer === undefined
        ? []
        : [paint('dim', `  ${plainLine(answer.by)}, ${instant(answer.at)}:`), ...indented(answer.text)];
    const tone = answer === undefined ? 'yellow' : answer.upheld ? 'green' : 'dim';
    return [`${paint('bold', head.join('  '))}  ${paint(tone, state)}`, ...indented(text), ...said, ''];
  });
  const open = requests.filter(({ answer }) => answer === undefined).length;
  return [...lines, open === 0 ? 'No request waits for an answer.' : `${open} without an answer.`].join('\n');
}
