/** A grader may be killed while a sandbox comes up, before the kernel has tied the one to the other: nobody is left to end it then. */
import { expect, test } from 'vitest';
import { encodeHeader } from '../../protocol/frame.ts';
import { launch } from './launch.ts';
import { launchOptions } from './session.testing.ts';

test('a guest whose grader is gone ends by itself, whether it waits, reads or answers', async () => {
  const options = await launchOptions();
  const boot = Buffer.from(
    JSON.stringify({ nonce: 'n', room: 9, op: 'boot', backend: 'cpu', precision: 'single', library: 'none' }),
  );
  const frame = Buffer.concat([encodeHeader(boot.length, 0), boot]);
  const sent = [Buffer.alloc(0), frame.subarray(0, 20), frame];
  const ends = sent.map(async (bytes) => {
    const { channel, stopped, output } = await launch(options);
    // What it answers is never read: it finds the channel closed, or broken.
    channel.write(bytes, () => channel.destroy());
    return [await stopped, output()];
  });
  const end = [{ why: 'exit', code: 0, signal: null, detail: 'exited with code 0' }, ''];
  expect(await Promise.all(ends)).toEqual([end, end, end]);
});
