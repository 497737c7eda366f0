/** Events as they are stored, read back: what another program, or a damaged disk, made of them is never believed. */
import type { Event, Recorded } from './event.ts';
import { validatorOf } from './event-validators.ts';
import { fromJson } from './json.ts';

/** A gradebook that cannot be used as it is; staff can mend it. */
export class GradebookError extends Error {
  override readonly name = 'GradebookError';
}

/** One stored event. Throws GradebookError where it is none, with its place in `where`. */
export function readEvent(seq: number, kind: string, body: string, where: string): Recorded {
  const validate = validatorOf(kind);
  if (validate === undefined) {
    throw new GradebookError(
      `${where} holds an event that this gradmark does not know (${kind}): use the newer gradmark that wrote it.`,
    );
  }
  let event: unknown;
  try {
    event = fromJson(body);
  } catch {
    event = undefined;
  }
  if (!validate(event)) {
    const [wrong] = validate.errors ?? [];
    throw new GradebookError(
      `${where} is damaged: its event ${seq} (${kind}) is not as it was written` +
        `${wrong === undefined ? '' : ` (${wrong.instancePath} ${wrong.message})`}. Put back a copy of it from before.`,
    );
  }
  return { ...(event as Event), kind, seq } as Recorded;
}
