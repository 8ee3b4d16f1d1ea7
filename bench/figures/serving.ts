import type { Contender, Running } from "#bench/contenders/contender.ts";
import { killAtOnce } from "#bench/contenders/launch.ts";
import { type Generator, startGenerator } from "#bench/load/generator.ts";

/** Does something with a contender and a load generator that both are new, and ends them whatever happens. */
export async function serving<T>(
  contender: Contender,
  rooms: number,
  measure: (running: Running, generator: Generator) => Promise<T>,
): Promise<T> {
  const running = await contender.start({ rooms });
  const generator = startGenerator();
  // Whoever interrupts the bench leaves no server behind.
  const end = () => killAtOnce(running.pid);
  process.once("exit", end);
  try {
    return await measure(running, generator);
  } finally {
    process.off("exit", end);
    await generator.close();
    await running.stop();
  }
}
