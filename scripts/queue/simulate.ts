/**
 * A day of many submissions through one queue, minute by minute, from measured costs: how many cores are needed for how long a wait,
 * what the database does at its peak, and what goes over the network.
 */

export interface Costs {
  /** Processor time of a grade, of the queue in a worker, and of the database for one job. */
  gradeMs: number;
  workerMs: number;
  databaseMs: number;
  pollMs: number;
  /** Kilobytes of a submission and of a result, as they travel. */
  submissionKb: number;
  resultKb: number;
}

export interface Day {
  cores: number;
  /** Minutes that half, nineteen of twenty and the last of all submissions wait. */
  waits: { median: number; most: number; last: number };
  longestBacklog: number;
  /** Busy share of all cores over the day. */
  busy: number;
  /** At the busiest minute: cores of the database, and megabits a second. */
  databaseCores: number;
  megabits: number;
}

const minutes = 24 * 60;

/** How many come in each minute of a day that ends with a deadline: a tenth by noon, and every other one in the last three hours. */
export function arrivals(total: number): number[] {
  const weightAt = (minute: number): number => {
    const hour = minute / 60;
    if (hour < 12) return 0.1 / (12 * 60);
    if (hour < 21) return 0.4 / (9 * 60);
    return 0.5 / (3 * 60);
  };
  return Array.from({ length: minutes }, (_, minute) => total * weightAt(minute));
}

/** First come, first served, with so many cores; what is left at midnight is done after it. */
export function simulate(total: number, cores: number, costs: Costs): Day {
  const perMinute = (cores * 60_000) / (costs.gradeMs + costs.workerMs);
  const coming = arrivals(total);
  const waits: { minutes: number; jobs: number }[] = [];
  const waiting: { since: number; jobs: number }[] = [];
  let [backlog, longestBacklog, busiest, done] = [0, 0, 0, 0];
  for (let minute = 0; minute < minutes || backlog > 1e-6; minute++) {
    const jobs = coming[minute] ?? 0;
    if (jobs > 0) waiting.push({ since: minute, jobs });
    backlog += jobs;
    longestBacklog = Math.max(longestBacklog, backlog);
    let room = perMinute;
    const before = done;
    while (room > 1e-9 && waiting.length > 0) {
      const first = waiting[0]!;
      const some = Math.min(room, first.jobs);
      waits.push({ minutes: minute - first.since, jobs: some });
      first.jobs -= some;
      room -= some;
      backlog -= some;
      done += some;
      if (first.jobs <= 1e-9) waiting.shift();
    }
    // Putting in, and taking out with its result.
    busiest = Math.max(busiest, (done - before + jobs) / 2);
  }
  waits.sort((a, b) => a.minutes - b.minutes);
  const waitOf = (share: number): number => {
    let seen = 0;
    return waits.find(({ jobs }) => (seen += jobs) >= share * total - 1e-3)?.minutes ?? waits.at(-1)!.minutes;
  };
  return {
    ...{
      cores,
      longestBacklog: Math.round(longestBacklog),
      busy: (total * costs.gradeMs) / (cores * minutes * 60_000),
    },
    waits: { median: waitOf(0.5), most: waitOf(0.95), last: waits.at(-1)!.minutes },
    // An idle place asks every five seconds.
    databaseCores: (busiest * costs.databaseMs + cores * 12 * costs.pollMs) / 60_000,
    // A submission goes in and out, a result too.
    megabits: (busiest * 2 * (costs.submissionKb + costs.resultKb) * 8) / 1000 / 60,
  };
}
