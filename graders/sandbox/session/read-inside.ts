/** Has texts read by the guest of their own language, in a process in which no student's code has run. */
import type { Account } from '../../model/account.ts';
import type { SourceFacts } from '../../protocol/messages.ts';
import { ProgramStopped } from '../../stopped.ts';
import type { LaunchOptions } from './launch.ts';
import { warmGuest, type WarmGuest } from './session.ts';

/** A deep expression costs a parser more than its length says. */
const wallMs = 10_000;

type Texts = readonly { path: string; code: string }[];

/** The facts of every text, in order, from a process of its own. Rejects as `readIn` does. */
export async function readInside(
  launch: LaunchOptions,
  texts: Texts,
  asked: readonly string[],
  account: Account,
): Promise<SourceFacts[]> {
  const guest = await warmGuest(launch, 'none');
  const facts = await readIn(guest, texts, asked, account);
  await guest.exchange.close();
  return facts;
}

/**
 * The facts of every text, in order, from this guest, in which nothing has run then either. Rejects with ProgramStopped where
 * they take too long or end the process; then the guest is closed.
 */
export async function readIn(
  { exchange }: WarmGuest,
  texts: Texts,
  asked: readonly string[],
  account: Account,
): Promise<SourceFacts[]> {
  try {
    const binary = texts.map(({ code }) => Buffer.from(code));
    const reply = await exchange.ask<'inspect', SourceFacts[]>({
      request: {
        op: 'inspect',
        modules: texts.map(({ path }, i) => ({ path, bytes: binary[i]!.length })),
        asked: [...asked],
      },
      binary,
      wallMs,
      overtime: `could not be read within ${wallMs / 1000} s: write it in smaller, simpler steps`,
      charge: (ms) => (account.usedMs += ms),
      read: ({ files }) => files,
    });
    if ('trouble' in reply) throw new Error(`Reading the source failed inside: ${reply.trouble.message}`);
    return reply.answer;
  } catch (error) {
    await exchange.close();
    if (!(error instanceof ProgramStopped)) throw error;
    throw new ProgramStopped('refused', `The source could not be read: ${error.message}.`);
  }
}
