/** Time as a test may bound it: what the work cost, however busy the machine is. */

/** Processor time in milliseconds that this process spent, threads included, while the work was done. */
export async function cpuMsOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
