import { backoff } from "./backoff.ts";
import type { Environment } from "./environment.ts";

/** Waits between tries, longer and longer, until something says that it makes sense to hurry, or to stop. */
export class Patience {
  private readonly environment: Environment;
  private readonly waiting = new Set<(goOn: boolean) => void>();
  private attempt = 0;

  constructor(environment: Environment) {
    this.environment = environment;
  }

  /** Resolves to true when it is time for another try, to false when there shall be none. `retryAfter` in seconds. */
  wait(retryAfter?: number): Promise<boolean> {
    const pause = backoff(this.attempt++, this.environment.random, retryAfter);
    return new Promise((resolve) => {
      const cancel = this.environment.after(pause, () => end(true));
      const end = (goOn: boolean) => {
        cancel();
        this.waiting.delete(end);
        resolve(goOn);
      };
      this.waiting.add(end);
    });
  }

  /** It worked, or may work now. */
  hurry(): void {
    this.attempt = 0;
    for (const end of [...this.waiting]) end(true);
  }

  stop(): void {
    for (const end of [...this.waiting]) end(false);
  }
}
