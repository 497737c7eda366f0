/** Has texts read by the guest of their own language, in a process in which no student's code has run; it is for nothing else. */
import type { Account } from '../../model/account.ts';
import type { SourceFacts } from '../../protocol/messages.ts';
import { ProgramStopped } from '../../stopped.ts';
import type { LaunchOptions } from './launch.ts';
import { warmGuest } from './session.ts';

/** A deep expression costs a parser more than its length says. */
const wallMs = 10_000;

/** The facts of every text, in order. Rejects with ProgramStopped where they take too long or end the process. */
export async function readInside(
  launch: LaunchOptions,
  texts: readonly { path: string; code: string }[],
  asked: readonly string[],
  account: Account,
): Promise<SourceFacts[]> {
  const { exchange } = await warmGuest(launch, 'none');
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
    if (!(error instanceof ProgramStopped)) throw error;
    throw new ProgramStopped('refused', `The source could not be read: ${error.message}.`);
  } finally {
    await exchange.close();
  }
}
