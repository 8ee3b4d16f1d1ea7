import { setTimeout as pause } from "node:timers/promises";
import { REFUSALS, roomStream, roomVerb } from "#lib/chat/destinations.ts";
import { randomId } from "#lib/chat/ids.ts";
import { LIMITS } from "#lib/chat/limits.ts";
import type { Message, MessagePage } from "#lib/chat/message.ts";
import { ask } from "#tests/support/place.ts";
import type { TestServer } from "#tests/support/server.ts";
import type { WireFrame } from "#tests/support/wire.ts";
import { Journal } from "./journal.ts";
import { type Ending, Line } from "./line.ts";
import { View } from "./view.ts";

export type Node = Pick<TestServer, "endpoint" | "origin" | "port">;

export interface TalkerOptions {
  /** Asked at every connect: the node it goes to. */
  node(): Node;
  who: { id: string; cookie?: string; token?: string };
  room: string;
  /** Messages under way at once. */
  window?: number;
  /** Milliseconds between heart-beats, both ways; after three without a byte it comes back. */
  heartBeat?: number;
  /** Milliseconds before the next try, after so many in vain. */
  pause?(attempt: number): number;
  /** Told of each MESSAGE as it comes. */
  heard?(message: Message): void;
}

/**
 * Somebody who writes and reads in a room and comes back by themselves: resubscribes by (epoch, rev), sends what has no RECEIPT again under its clientId, keeps
 * the RECEIPTs. A client by the protocol page alone, so that what it holds in the end does not rest on the browser's code.
 */
export class Talker {
  readonly journal = new Journal();
  readonly view = new View();
  readonly refusals: { code: string; clientId: string }[] = [];
  readonly endings: Ending[] = [];
  /** MESSAGEs with a hole before them: the server was asked again. */
  holes = 0;
  resets = 0;
  /** Milliseconds from when the last connection was lost to when its stream stood again. */
  readonly absences: number[] = [];
  readonly #options: TalkerOptions;
  readonly #waiting: string[] = [];
  readonly #underWay = new Set<string>();
  #line: Line | undefined;
  #attempt = 0;
  #lostAt = performance.now();
  #stands = false;
  #over = false;
  #subscriptions = 0;

  constructor(options: TalkerOptions) {
    this.#options = options;
    void this.#connect();
  }

  get user(): string {
    return this.#options.who.id;
  }

  /** Its stream stands: everything missed has been told. */
  get online(): boolean {
    return this.#stands;
  }

  /** Messages without a RECEIPT. */
  get pending(): number {
    return this.journal.written.size - this.journal.size;
  }

  /** Written, and sent as soon and as often as needed. Returns its clientId. */
  post(text: string): string {
    const clientId = randomId();
    this.journal.write(clientId, text);
    this.#waiting.push(clientId);
    this.#pump();
    return clientId;
  }

  /** Stops reading, as a laptop that sleeps does. */
  sleep(): void {
    this.#line?.sleep();
  }

  wake(): void {
    this.#line?.wake();
  }

  /** Its connection is lost. */
  drop(): void {
    this.#line?.cut();
  }

  /** For good. */
  leave(): void {
    this.#over = true;
    this.#line?.cut();
  }

  async #connect(): Promise<void> {
    const { node, who, heartBeat = 0 } = this.#options;
    const line = new Line(node(), who, {
      heartBeat,
      heard: (frame) => this.#hear(frame),
      ended: (ending) => void this.#comeBack(ending),
    });
    this.#line = line;
  }

  async #comeBack(ending: Ending): Promise<void> {
    if (this.#stands) this.#lostAt = performance.now();
    this.#stands = false;
    if (ending.wasConnected) this.endings.push(ending);
    // What was under way may be stored or not: it goes first, under its old name.
    this.#waiting.unshift(...this.#underWay);
    this.#underWay.clear();
    const { pause: wait = soon } = this.#options;
    await pause((ending.retryAfter ?? 0) * 1_000 + wait(this.#attempt++));
    if (!this.#over) await this.#connect();
  }

  #hear(frame: WireFrame): void {
    const { command, headers } = frame;
    if (command === "CONNECTED") this.#begin();
    else if (command === "RECEIPT") this.#receipted(headers);
    else if (command === "MESSAGE" && headers.destination === REFUSALS) this.#refused(frame);
    else if (command === "MESSAGE") this.#message(frame);
  }

  #begin(): void {
    this.#line?.send("SUBSCRIBE", { id: REFUSALS, destination: REFUSALS });
    this.#subscribe();
  }

  #subscribe(): void {
    const destination = roomStream(this.#options.room);
    const { epoch, rev } = this.view;
    const from: Record<string, string> = epoch === undefined ? {} : { from: `${rev}`, epoch };
    this.#subscriptions += 1;
    const round = this.#subscriptions;
    this.#line?.send("SUBSCRIBE", { id: `stream ${round}`, destination, receipt: `stream ${round}`, ...from });
  }

  #receipted(headers: WireFrame["headers"]): void {
    const receipt = headers["receipt-id"] ?? "";
    if (receipt === `stream ${this.#subscriptions}`) this.#began(headers);
    if (!this.#underWay.delete(receipt)) return;
    this.journal.keep({ clientId: receipt, rev: Number(headers.rev), seq: Number(headers.seq) });
    this.#pump();
  }

  #began(headers: WireFrame["headers"]): void {
    const { head, epoch = "", reset } = headers;
    const isFirst = this.view.epoch === undefined;
    this.#attempt = 0;
    if (reset === "true" || isFirst) {
      if (!isFirst) this.resets += 1;
      this.view.reset(Number(head), epoch);
      void this.#load();
    } else this.#stand();
  }

  /** The whole history, over HTTP. */
  async #load(): Promise<void> {
    const { node, who, room } = this.#options;
    const round = this.#subscriptions;
    for (let after = 0, more = true; more; ) {
      const path = `/api/rooms/${room}/messages?after=${after}&limit=${LIMITS.page.most}`;
      const { status, body } = await ask<MessagePage>(node() as TestServer, who, "GET", path).catch(() => ({
        status: 0,
        body: undefined,
      }));
      // Lost again, or busy: the next connection begins anew.
      if (status !== 200 || !body) {
        this.view.epoch = undefined;
        return this.#line?.cut();
      }
      for (const message of body.messages) this.view.merge(message);
      after = body.messages.at(-1)?.seq ?? 0;
      more = body.more.after;
    }
    if (round === this.#subscriptions) this.#stand();
  }

  #stand(): void {
    this.#stands = true;
    this.absences.push(performance.now() - this.#lostAt);
    this.#pump();
  }

  #message({ headers, body }: WireFrame): void {
    if (headers.subscription !== `stream ${this.#subscriptions}`) return;
    const message: Message = JSON.parse(body);
    this.#options.heard?.(message);
    if (this.view.take(message, Number(headers.prev), headers.epoch ?? "")) return;
    this.holes += 1;
    this.#line?.send("UNSUBSCRIBE", { id: `stream ${this.#subscriptions}` });
    this.#subscribe();
  }

  #refused({ headers, body }: WireFrame): void {
    const { code, retryAfter = 0.2 } = JSON.parse(body);
    const clientId = headers["receipt-id"] ?? "";
    if (!this.#underWay.delete(clientId)) throw new Error(`Refused: ${body}`);
    this.refusals.push({ code, clientId });
    this.#waiting.unshift(clientId);
    void pause(retryAfter * 1_000).then(() => this.#pump());
  }

  #pump(): void {
    const { room, window = 4 } = this.#options;
    while (this.#stands && this.#underWay.size < window && this.#waiting.length > 0) {
      const clientId = this.#waiting.shift() as string;
      this.#underWay.add(clientId);
      const body = JSON.stringify({ clientId, text: this.journal.written.get(clientId) });
      this.#line?.send("SEND", { destination: roomVerb(room, "post"), receipt: clientId }, body);
    }
  }
}

/** Far sooner than a browser, so that a test has many endings in a short time. */
const soon = (attempt: number) => Math.random() * Math.min(250, 50 * 2 ** attempt);
