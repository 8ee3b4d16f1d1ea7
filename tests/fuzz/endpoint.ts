import type { Socket } from "node:net";
import { brokerWords } from "#server/broker-words.ts";
import { type Gateway, openGateway } from "#server/gateway/gateway.ts";
import { openPermissivePolicy, type Publishing } from "#server/gateway/permissive-policy.ts";
import type { Policy } from "#server/gateway/policy.ts";
import { TimerWheel } from "#server/stomp/timer-wheel.ts";
import { RawPeer } from "#tests/conformance/raw-peer.ts";
import { MemorySocket } from "./memory-socket.ts";
import { LIMITS } from "./reference.ts";

const UNLIMITED = 1e9;
export const MOST_SUBSCRIPTIONS = 8;

export interface Caller {
  peer: RawPeer;
  socket: MemorySocket;
  /** Every byte that the server has said. */
  heard: Buffer[];
}

/**
 * The gateway with the bare broker's policy, small limits and no network. Its ids are 1, 2, 3, … behind a prefix, so that the same input gets the same answer.
 */
export class FuzzedEndpoint {
  readonly gateway: Gateway;
  /** What it logged as an error: exceptions that nobody expected. */
  readonly errors: object[] = [];
  /** Lets a tenth of a second go by, for the timers of the gateway alone; undefined when none of them waits for its time. */
  tick: (() => void) | undefined;
  #ids = 0;

  constructor(departing: Partial<Policy<undefined>> = {}, prefix = "") {
    this.gateway = openGateway({
      policy: { ...this.#policy(), ...departing },
      limits: {
        ...LIMITS,
        maxSubscriptions: MOST_SUBSCRIPTIONS,
        maxConnectionsPerUser: UNLIMITED,
        maxConnectionsPerAddress: UNLIMITED,
        sendRate: UNLIMITED,
        sendBurst: UNLIMITED,
        subscribeRate: UNLIMITED,
        subscribeBurst: UNLIMITED,
        connectTimeout: 600_000,
        ephemeralHighWater: 262_144,
        closeHighWater: 1_048_576,
        stallTimeout: 600_000,
        heartBeat: { send: 600_000, receive: 600_000 },
      },
      words: brokerWords,
      log: { error: (details) => this.errors.push(details), debug() {} },
      wheel: new TimerWheel(100, (tick) => {
        this.tick = tick;
        return () => {
          this.tick = undefined;
        };
      }),
      newId: () => {
        this.#ids += 1;
        return `${prefix}${this.#ids}`;
      },
    });
  }

  call(): Caller {
    const heard: Buffer[] = [];
    const socket = new MemorySocket((chunk) => {
      heard.push(chunk);
      peer.take(chunk);
    });
    const peer: RawPeer = new RawPeer(
      (bytes) => socket.arrive(bytes),
      () => socket.destroy(),
    );
    this.gateway.accept(socket as unknown as Socket, "memory");
    return { peer, socket, heard };
  }

  #policy(): Policy<undefined> {
    const publishing: Publishing = {
      publish: (topic, publication) => this.gateway.publish(topic, publication),
      hasRoom: (demands) => this.gateway.hasRoom(demands),
    };
    const transactions = { maxTransactions: 4, maxTransactionFrames: 16, maxTransactionBytes: 8_192 };
    return openPermissivePolicy({
      passcode: undefined,
      limits: { ...transactions, maxUnacknowledged: 16 },
      queues: { most: 100_000, messages: 100, bytes: 100_000, totalBytes: 100_000_000 },
      publishing,
    });
  }
}

/** Everything that was set going by what has arrived is done, and written. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 3; turns++) await new Promise((resolve) => setImmediate(resolve));
}
