/** Talk on stderr while a batch runs: one line that moves on a terminal, one line per student elsewhere. */
import type { BatchEvent } from '../batch/options.ts';
import { plainLine } from '../../reports/plain-text.ts';

interface Progress {
  onEvent(event: BatchEvent): void;
  done(): void;
}

/** Progress with an estimate of the time left, from the mean of what is done. */
export function createProgress(stream: NodeJS.WriteStream, clock = () => performance.now()): Progress {
  const moving = stream.isTTY && process.env['CI'] === undefined;
  let startedAt = clock();
  let fresh = 0;
  let line = '';
  let workers: number | undefined;
  let others = '';
  const show = () => stream.write(moving ? `\r\x1b[2K${line}${others}` : `${line}\n`);
  return {
    onEvent(event) {
      if (event.kind === 'verdict') return;
      if (event.kind === 'received') {
        stream.write(`${event.total} ${event.total === 1 ? 'submission' : 'submissions'} found.\n`);
        return;
      }
      if (event.kind === 'unkept') {
        stream.write(`${moving ? '\r\x1b[2K' : ''}gradmark: ${plainLine(event.says)}\n`);
        return;
      }
      if (event.kind === 'elsewhere') {
        // While nobody has begun, no time is spent that the rest would take as well.
        if (fresh === 0 && event.underWay === 0) startedAt = clock();
        others = ` · ${counted(event.workers, 'worker')}, ${event.underWay} under way, ${event.waiting} waiting`;
        if (moving) show();
        else if (event.workers !== workers) stream.write(`${others.slice(3)}\n`);
        if (event.workers === 0 && workers !== 0) {
          stream.write(
            `${moving ? '\n' : ''}No worker is there: start one with gradmark work on any machine; this waits.\n`,
          );
        }
        workers = event.workers;
        return;
      }
      if (!event.recalled) fresh += 1;
      const left = event.total - event.done;
      const eta = fresh === 0 || left === 0 ? '' : `, about ${seconds(((clock() - startedAt) / fresh) * left)} left`;
      line = `[${event.done}/${event.total}] ${printable(event.grade.id)}${event.recalled ? ' (graded before)' : ''}${eta}`;
      show();
    },
    done() {
      if (moving) stream.write('\r\x1b[2K');
    },
  };
}

const counted = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;

const seconds = (ms: number) => (ms < 90_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.ceil(ms / 60_000)} min`);

/** Names of submissions are the students' own choice. */
const printable = (text: string) => text.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '?').slice(0, 80);

/** The first Ctrl-C lets running submissions finish and keeps the rest for later; the second stops at once. */
export function onInterrupt(): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    process.stderr.write(
      '\nFinishing what runs; press Ctrl-C again to stop at once. The same command continues later.\n',
    );
    controller.abort();
  };
  process.on('SIGINT', stop);
  return { signal: controller.signal, release: () => process.off('SIGINT', stop) };
}
