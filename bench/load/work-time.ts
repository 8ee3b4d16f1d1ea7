/** Microseconds of processor time that this process has used. */
export function workTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
