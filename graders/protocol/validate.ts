/** Every reply is checked before anything else reads it. Unknown fields are refused. */
import { ProtocolBreak, type Frame } from './frame.ts';
import type { Op, ReplyTo } from './messages.ts';
import { validatorOf } from './reply-validators.ts';

/** Reads the JSON of a reply to `op`; throws ProtocolBreak unless it is one, whatever the bytes are. */
export function readReply<O extends Op>(op: O, frame: Frame, nonceSent: string): ReplyTo<O> {
  const reply = parse(frame.json);
  if (!isReply(op, reply)) throw new ProtocolBreak(`the reply to ${op} does not have its shape`);
  if (reply.nonce !== nonceSent) throw new ProtocolBreak('the reply carries a wrong nonce');
  return reply;
}

function parse(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    throw new ProtocolBreak('the reply is not JSON');
  }
}

function isReply<O extends Op>(op: O, reply: unknown): reply is ReplyTo<O> {
  const validate = validatorOf(op);
  try {
    return validate(reply) === true;
  } catch {
    // Nesting deep enough to exhaust the validator's stack.
    return false;
  }
}
