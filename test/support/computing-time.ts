// How long this process computes, in milliseconds: unlike the time on the wall it does not grow while others compute too.

export function computingTime(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
