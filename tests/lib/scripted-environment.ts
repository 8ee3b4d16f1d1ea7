import type { MessagePage } from "#lib/chat/message.ts";
import { Refusal } from "#lib/chat/refusal.ts";
import { browserEnvironment, type Environment, type LifeSign, type PagePlace } from "#lib/client/environment.ts";
import { ManualClock, settled } from "./manual-clock.ts";
import { ScriptedSocket } from "./scripted-socket.ts";

/** What a browser offers, in the hands of a test: time, chance, sockets, pages, life signs. */
export class ScriptedEnvironment {
  readonly clock = new ManualClock();
  readonly sockets: ScriptedSocket[] = [];
  readonly asked: PagePlace[] = [];
  chance = 1;
  offline = false;
  page: MessagePage | Refusal = new Refusal("busy");
  private live: ((sign: LifeSign) => void) | undefined;

  readonly environment: Environment = {
    ...browserEnvironment(),
    now: this.clock.now,
    after: this.clock.after,
    random: () => this.chance,
    openSocket: () => {
      const socket = new ScriptedSocket();
      this.sockets.push(socket);
      return socket;
    },
    loadPage: async (_room, at) => {
      this.asked.push(at);
      if (this.page instanceof Refusal) throw this.page;
      return this.page;
    },
    watchLife: (listener) => {
      this.live = listener;
      return () => {
        this.live = undefined;
      };
    },
    isOffline: () => this.offline,
    workerTicks: async () => false,
    indexedDB: undefined,
    storage: undefined,
    openChannel: () => undefined,
  };

  get socket(): ScriptedSocket {
    return this.sockets.at(-1) as ScriptedSocket;
  }

  sign(sign: LifeSign): void {
    this.live?.(sign);
  }

  /** The newest socket connects, and what has to be answered first is answered. */
  async connect(): Promise<void> {
    await settled();
    this.socket.connect();
    this.socket.receipt("SUBSCRIBE", "/user/queue/refusals");
    await settled();
  }
}
