/** What the shell learns. */
export const exitCodes = { done: 0, failed: 1, usage: 2, ours: 3, interrupted: 130 } as const;

/** Something the person at the keyboard can mend: said in a sentence, without a stack. */
export class UserError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UserError';
  }
}

/** Tells `main` how a command ended. */
export type Finish = (code: number) => void;
