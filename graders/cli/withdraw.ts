/** `gradmark regrade --withdraw`: what is proposed and nobody wants, or something newer has overtaken, waits no longer. */
import { count } from '../../reports/format.ts';
import { plainLine } from '../../reports/plain-text.ts';
import { lockGrading } from '../gradebook/grading-lock.ts';
import type { Gradebook } from '../gradebook/store.ts';
import { proposalsIn, withdrawing } from '../regrading/proposals.ts';
import { exitCodes, UserError } from './exit-codes.ts';
import { signedAs } from './open-desk.ts';

/** Takes proposals back and says whose; grades are as before. Returns the exit code. */
export async function withdraw(
  dir: string,
  book: Gradebook,
  who: string,
  { as, why }: { as?: string; why?: string },
): Promise<number> {
  const lock = await lockGrading(dir, new Date().toISOString());
  try {
    const events = book.events();
    const proposals = proposalsIn(events);
    const everybody = [...new Set([...proposals.open.keys(), ...proposals.overtaken.keys()])];
    const named = who === 'all' ? everybody : who === 'overtaken' ? who : who.split(',').map((id) => id.trim());
    const { said, students, unknown } = withdrawing(events, proposals, named);
    if (unknown.length > 0) {
      const names = unknown.map((id) => plainLine(id)).join(', ');
      throw new UserError(`Nothing was withdrawn: ${names} ${unknown.length === 1 ? 'has' : 'have'} no proposal.`);
    }
    if (said.events.length === 0) throw new UserError(`Nothing in ${dir} waits to be withdrawn.`);
    book.append([{ who: signedAs(as), at: new Date().toISOString(), why: why ?? '', ...said }]);
    const names = students.map((id) => plainLine(id)).join(', ');
    process.stdout.write(`${count(said.events.length, 'proposal')} withdrawn: ${names}. No grade has changed.\n`);
    return exitCodes.done;
  } finally {
    lock.release();
  }
}
