/** Prints the table of docs/scale.md: a day of a million submissions on more and more cores, from measured costs. */
import { simulate } from './queue/simulate.ts';
import { misused, scriptOptions } from './script-options.ts';

const usage = `node scripts/simulate-queue.ts [options]

  --submissions <n>   of one day (1000000)
  --grade-ms <n>      processor time of a grade (2500)
  --worker-ms <n>     of the queue in a worker, for one job (5)
  --database-ms <n>   of the database, for one job (5)
  --poll-ms <n>       of the database, for one idle poll (0.5)`;
const number = { type: 'string' } as const;
const { values } = scriptOptions(usage, {
  options: {
    ...{ submissions: number, 'grade-ms': number, 'worker-ms': number, 'database-ms': number, 'poll-ms': number },
  },
});
const read = (name: keyof typeof values, otherwise: number): number => {
  const value = Number(values[name] ?? otherwise);
  return value > 0 ? value : misused(`--${name} is a number.`, usage);
};
const total = read('submissions', 1_000_000);
const costs = {
  ...{ gradeMs: read('grade-ms', 2500), workerMs: read('worker-ms', 5), databaseMs: read('database-ms', 5) },
  ...{ pollMs: read('poll-ms', 0.5), submissionKb: 10, resultKb: 8.5 },
};
const minutes = (value: number) => (value < 120 ? `${value} min` : `${(value / 60).toFixed(1)} h`);
process.stdout.write(
  '| cores | waits: median | 95 of 100 | the last | longest backlog | cores busy | database, cores at the peak | network, Mbit/s at the peak |\n' +
    '| ----: | ------------: | --------: | -------: | --------------: | ---------: | --------------------------: | --------------------------: |\n',
);
for (const cores of [32, 48, 64, 96, 128]) {
  const { waits, longestBacklog, busy, databaseCores, megabits } = simulate(total, cores, costs);
  const cells = [
    ...[cores, minutes(waits.median), minutes(waits.most), minutes(waits.last), longestBacklog.toLocaleString('en')],
    ...[`${(100 * busy).toFixed(0)} %`, databaseCores.toFixed(2), megabits.toFixed(1)],
  ];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
