/** Options of commands that use a queue on PostgreSQL, and how it is opened for them. */
import { Option } from 'commander';
import type { Urgency } from '../queue/port.ts';

export interface QueueOptions {
  queue?: string;
  key?: string;
  shared?: string;
}

export interface AskOptions extends QueueOptions {
  urgency?: Urgency;
  courseName?: string;
}

export const queueOption = (does: string) =>
  new Option('--queue <address>', `${does}; postgres://user@host/database`).env('GRADMARK_QUEUE');

export const keyOption = () =>
  new Option('--key <file>', 'the key of the queue; default: gradmark/queue.key in ~/.config').env(
    'GRADMARK_QUEUE_KEY',
  );

export const sharedOption = () =>
  new Option('--shared <folder>', 'a folder that all machines share, for what is too large for the database').env(
    'GRADMARK_QUEUE_SHARED',
  );

export const urgencyOption = () =>
  new Option('--urgency <what>', 'what comes first in the queue')
    .choices(['self-check', 'deadline', 'regrade'])
    .default('deadline');

export const courseNameOption = () =>
  new Option(
    '--course-name <name>',
    'of which course it is, for its share of the queue; default: the name of the coursework',
  );
