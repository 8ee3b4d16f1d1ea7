import { expect, test } from "vitest";
import { compose } from "./compose.ts";
import { type Caller, FuzzedEndpoint, settle } from "./endpoint.ts";
import { faultIn } from "./judge.ts";
import { cut, mutate } from "./mutate.ts";
import { Random } from "./random.ts";

/** One of these repeats what a failure printed: `FUZZ_SEED=123 FUZZ_INPUTS=1 npx vitest run --project fuzz fuzz.test`. */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
const INPUTS = Number(process.env.FUZZ_INPUTS ?? 100_000);
const AT_ONCE = 100;
/** After so many the endpoint is a new one: what they left in queues would only be memory. */
const ENDPOINT_LASTS = 5_000;

test("whatever 준's client sends is answered rightly or with ERROR and a close, and 미나 hears all of hers", async () => {
  for (let done = 0; done < INPUTS; done += ENDPOINT_LASTS) {
    const endpoint = new FuzzedEndpoint();
    const mina = await witness(endpoint);
    for (let first = done; first < Math.min(done + ENDPOINT_LASTS, INPUTS); first += AT_ONCE) {
      const seeds = Array.from({ length: Math.min(AT_ONCE, INPUTS - first) }, (_, index) => SEED + first + index);
      await converse(endpoint, seeds);
      await mina.hears();
    }
    expect(endpoint.errors).toEqual([]);
  }
}, 600_000);

/** So many clients at the same time, each with its own input, piece by piece in turn. */
async function converse(endpoint: FuzzedEndpoint, seeds: readonly number[]): Promise<void> {
  const before = endpoint.gateway.stats();
  const talks = seeds.map((seed) => {
    const random = new Random(seed);
    const input = mutate(random, compose(random, `x${seed}`));
    return { seed, input, pieces: cut(random, input), caller: endpoint.call() };
  });
  for (let piece = 0; piece < 6; piece++) {
    for (const { caller, pieces } of talks) {
      const next = pieces[piece];
      if (next && next.length > 0 && !caller.socket.ended) caller.socket.arrive(next);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  await settle();
  for (const { seed, input, caller } of talks) {
    const fault = faultIn(input, caller);
    if (fault)
      throw new Error(`FUZZ_SEED=${seed} FUZZ_INPUTS=1: ${fault}\n${JSON.stringify(String(input))}\n${said(caller)}`);
    caller.socket.destroy();
  }
  await settle();
  expect(endpoint.gateway.stats()).toEqual(before);
}

/** A client among the others that behaves: what it sends itself it has to hear, all of it, in order, and nothing else. */
async function witness(endpoint: FuzzedEndpoint): Promise<{ hears(): Promise<void> }> {
  const { peer } = endpoint.call();
  peer.send("CONNECT\naccept-version:1.2\nhost:h\n\n", "SUBSCRIBE\nid:mina\ndestination:/topic/witness\n\n");
  await settle();
  expect(peer.rest().map(({ command }) => command)).toEqual(["CONNECTED"]);
  let count = 0;
  return {
    async hears() {
      const numbers = [count + 1, count + 2, count + 3];
      count += 3;
      peer.send(...numbers.map((number) => `SEND\ndestination:/topic/witness\n\n${number}`));
      await settle();
      expect(peer.rest().map(({ command, body }) => `${command} ${body}`)).toEqual(numbers.map((n) => `MESSAGE ${n}`));
    },
  };
}

function said({ heard }: Caller): string {
  return JSON.stringify(Buffer.concat(heard).toString());
}
