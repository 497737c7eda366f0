/** Question 3d: `first16` on networks with more than 16 images. */
import type { Question, Reading } from '../../question.ts';
import type { Value } from '../../model/guest.ts';
import { arrayFrom, fieldOf, inWords, record } from '../../values.ts';
import { describeNet } from '../../kinds/pixel-net.ts';
import type { NetProbe } from '../../kinds/pixel-net.ts';
import { answeredBy, readPair, sentTo } from './q3c-question.ts';

export const first16Question: Question<NetProbe> = {
  id: 'q3d.first16',
  title: 'Gradients on the first 16 examples',
  precision: 'single',
  describe: (net) => `first16 on a ${describeNet(net)}`,
  ask: async (guest, net) => answeredBy(await guest.call({ module: 'q3d', name: 'first16' }, sentTo(net))),
  read: ({ value }, net) => readFirst16(value, net),
  write: (answer) => record({ gradsW2: answer['W2'], gradsB2: answer['b2'] }),
};

/** What it returned under the two names of the sheet. */
export const pairIn = (value: Value): [W2: Value, b2: Value] => [fieldOf(value, 'gradsW2'), fieldOf(value, 'gradsB2')];

export function readFirst16(value: Value, net: NetProbe): Reading {
  const [W2, b2] = pairIn(value);
  if (arrayFrom(W2) !== undefined || arrayFrom(b2) !== undefined) return readPair(W2, b2, net);
  const says = 'first16 should return { gradsW2, gradsB2 } as nested lists of numbers.';
  return { misread: { says, yours: inWords(value) } };
}
