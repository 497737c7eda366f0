/** Everything that a batch was handed, found and not read yet. */
import type { HandedIn } from '../intake/receive.ts';
import { findHandedIn } from '../intake/receive.ts';
import type { BatchOptions } from './options.ts';

/** What everybody handed in at the paths. */
export const findAll = ({ paths, coursework }: Pick<BatchOptions, 'paths' | 'coursework'>): Promise<HandedIn[]> =>
  findHandedIn(paths, { assignment: coursework.assignment });
