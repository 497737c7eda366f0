/** What starting Python costs: the guest in its box beside numpy, up to its first answer, and a bare `import numpy` beside it. */
import { execa } from 'execa';
import { bestLevel } from '../graders/sandbox/doctor/best-level.ts';
import { openSession } from '../graders/sandbox/session/session.ts';
import { stagePython } from '../graders/runtimes/python/stage-python.ts';

const rounds = 5;
const limits = { callMs: 60_000, submissionMs: 600_000, memoryMb: 700 };
const code = `
import resource, time
def spent():
    return [time.process_time() * 1000, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]
`;
const bare = 'import time, numpy; print(time.process_time() * 1000)';

const level = await bestLevel();
const runtime = await stagePython(['numpy']);
const [inBox, outside, memory]: number[][] = [[], [], []];
for (let round = 0; round < rounds; round++) {
  const session = await openSession({
    launch: { runtime, level, limits, precision: 'double', backend: 'cpu' },
    modules: [{ path: 'spent.py', code }],
    imports: ['numpy'],
  });
  const { value } = await session.call({ module: 'spent.py', name: 'spent' }, []);
  await session.close();
  if (typeof value !== 'object' || value?.kind !== 'array') throw new Error('the guest gave no numbers');
  inBox!.push(value.data[0]!);
  memory!.push(value.data[1]!);
  outside!.push(Number((await execa('python3', ['-c', bare])).stdout));
}
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[rounds >> 1]!;
process.stdout.write(
  `${runtime.versions}, level ${level}, medians of ${rounds}\n` +
    `guest beside numpy, to its first answer: ${median(inBox!).toFixed(0)} ms CPU, ${median(memory!).toFixed(0)} MB\n` +
    `bare python3 -c "import numpy": ${median(outside!).toFixed(0)} ms CPU\n`,
);
