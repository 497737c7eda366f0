/** What stands for Node's `performance` where the student's code runs: the clock; and marks, which nobody reads, as if they were made. */
const clock = process.hrtime.bigint.bind(process.hrtime);
const begun = clock();
const timeOrigin = Date.now();

/** Milliseconds since the process began to serve, as programs time themselves with. */
export function smallPerformance(): Record<string, unknown> {
  const now = (): number => Number(clock() - begun) / 1e6;
  const entry = (entryType: string) => (name: string) => ({
    name,
    entryType,
    startTime: now(),
    duration: 0,
    detail: null,
  });
  const none = () => [];
  return {
    ...{ timeOrigin, now, mark: entry('mark'), measure: entry('measure') },
    ...{ clearMarks: () => undefined, clearMeasures: () => undefined, toJSON: () => ({ timeOrigin }) },
    ...{ getEntries: none, getEntriesByName: none, getEntriesByType: none },
  };
}
