/** Everything that a batch was handed. */
import { receive } from '../intake/receive.ts';
import { uniqueIds } from '../intake/submission-id.ts';
import type { Refusal, Submission } from '../model/submission.ts';
import type { BatchOptions } from './options.ts';

/** Everything handed in at the paths; ids that occur under several paths are told apart by a number. */
export async function receiveAll({
  paths,
  coursework,
}: Pick<BatchOptions, 'paths' | 'coursework'>): Promise<(Submission | Refusal)[]> {
  const received: (Submission | Refusal)[] = [];
  const unique = uniqueIds();
  for (const path of paths) {
    for await (const item of receive(path, { assignment: coursework.assignment })) {
      received.push({ ...item, id: unique(item.id) });
    }
  }
  return received;
}
