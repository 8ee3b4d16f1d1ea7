import { databaseLatency } from "./database-latency.ts";
import type { Gateway } from "./gateway/gateway.ts";
import { BOUNDS, type Writes } from "./measured-store.ts";
import type { Relay, RelayState } from "./relay/relay.ts";
import { oneAtATime } from "./store/one-at-a-time.ts";
import type { Store } from "./store/store.ts";

interface Sample {
  /** The figure's own name unless said otherwise. */
  metricName?: string;
  labels?: Record<string, string | number>;
  value: number;
}

/** One name at /metrics. Every one of them stands in docs/metrics.md. */
export interface Figure {
  name: string;
  type: "counter" | "gauge" | "histogram";
  help: string;
  values(): Sample[] | Promise<Sample[]>;
}

/** What the figures are read from. */
export interface Measured {
  version: string;
  gateway: Pick<Gateway, "stats" | "counts">;
  store: Pick<Store, "read">;
  writes: Writes;
  /** Of several nodes, each has one; its figures are left out where there is none. */
  relay?: Pick<Relay, "state" | "counts">;
  /** How many nodes are known to live, this one among them. */
  nodes?(): number;
}

/** Everything that is measured of our own, read when somebody asks. */
export function figuresOf(measured: Measured): Figure[] {
  return [
    ...endpointFigures(measured),
    ...trafficFigures(measured),
    ...storeFigures(measured),
    ...nodeFigures(measured),
  ];
}

function endpointFigures({ version, gateway }: Measured): Figure[] {
  const { counts } = gateway;
  return [
    gauge("sarangbang_info", "Always 1; the version is its label.", () => [{ labels: { version }, value: 1 }]),
    gauge("sarangbang_connections", "Connections to the STOMP endpoint, by transport.", () =>
      by("transport", Object.entries(counts.open)),
    ),
    gauge("sarangbang_people", "People and bots who are signed in on at least one connection.", () =>
      one(gateway.stats().people),
    ),
    gauge("sarangbang_subscriptions", "Subscriptions of all connections.", () => one(gateway.stats().subscriptions)),
    counter("sarangbang_refusals_total", "Frames and connections that were refused, by code.", () =>
      by("code", counts.refusals),
    ),
    counter(
      "sarangbang_slow_consumers_closed_total",
      "Connections that were closed because their client read too slowly, by what was too much.",
      () => by("reason", Object.entries(counts.slow)),
    ),
  ];
}

function trafficFigures({ gateway: { counts } }: Measured): Figure[] {
  return [
    counter("sarangbang_frames_received_total", "STOMP frames that clients sent, by command.", () =>
      by("command", counts.framesIn),
    ),
    counter("sarangbang_frames_sent_total", "STOMP frames that were written to clients, by command.", () =>
      by("command", counts.framesOut),
    ),
    counter("sarangbang_received_bytes_total", "Bytes of STOMP that arrived.", () => one(counts.bytesIn)),
    counter("sarangbang_sent_bytes_total", "Bytes that were handed to sockets.", () => one(counts.bytesOut)),
    counter("sarangbang_publications_total", "What was published on this node, whoever listened.", () =>
      one(counts.publications),
    ),
    counter("sarangbang_deliveries_total", "Copies of publications that went to subscriptions.", () =>
      one(counts.deliveries),
    ),
    counter(
      "sarangbang_ephemerals_dropped_total",
      "Typing and presence left out for clients that read too slowly.",
      () => one(counts.dropped),
    ),
  ];
}

function storeFigures({ store, writes }: Measured): Figure[] {
  // One question for both figures, however they are read.
  const asked = oneAtATime(async () => (await databaseLatency(store)).seconds);
  return [
    counter("sarangbang_messages_posted_total", "Messages that were stored by this node.", () => one(writes.posted)),
    {
      name: "sarangbang_commit_seconds",
      type: "histogram",
      help: "From asking the database to write something until it is durable.",
      values: () => histogram("sarangbang_commit_seconds", writes),
    },
    gauge("sarangbang_writes_waiting", "Writes that the database has not answered yet.", () => one(writes.waiting)),
    gauge("sarangbang_database_up", "1 while the database answers.", async () =>
      one((await asked()) === undefined ? 0 : 1),
    ),
    gauge("sarangbang_database_seconds", "How long the smallest question to the database took just now.", async () => {
      const seconds = await asked();
      return seconds === undefined ? [] : one(seconds);
    }),
  ];
}

const RELAY_STATES: readonly RelayState[] = ["connecting", "up", "down"];

function nodeFigures({ relay, nodes }: Measured): Figure[] {
  const known = gauge("sarangbang_nodes", "Nodes that are known to live, this one among them.", () =>
    one(nodes?.() ?? 1),
  );
  if (!relay) return [known];
  return [
    known,
    gauge("sarangbang_relay_state", "1 for the state that the relay is in, 0 for the others.", () =>
      by(
        "state",
        RELAY_STATES.map((state) => [state, state === relay.state ? 1 : 0]),
      ),
    ),
    counter("sarangbang_relay_published_total", "Hints that were handed to the relay's engine.", () =>
      one(relay.counts().published),
    ),
    counter("sarangbang_relay_heard_total", "Hints of other nodes that arrived.", () => one(relay.counts().heard)),
    counter("sarangbang_relay_dropped_total", "Hints that were not handed over: the engine was away or too slow.", () =>
      one(relay.counts().dropped),
    ),
    counter("sarangbang_relay_reconnects_total", "How often the relay came up again.", () =>
      one(relay.counts().reconnects),
    ),
  ];
}

function histogram(name: string, { within, seconds }: Writes): Sample[] {
  let sum = 0;
  const buckets = [...within].map((count, index) => {
    sum += count;
    return { metricName: `${name}_bucket`, labels: { le: BOUNDS[index] ?? "+Inf" }, value: sum };
  });
  return [...buckets, { metricName: `${name}_sum`, value: seconds }, { metricName: `${name}_count`, value: sum }];
}

const gauge = (name: string, help: string, values: Figure["values"]): Figure => ({ name, type: "gauge", help, values });
const counter = (name: string, help: string, values: Figure["values"]): Figure => ({
  ...{ name, type: "counter", help, values },
});
const one = (value: number): Sample[] => [{ value }];
const by = (label: string, pairs: Iterable<readonly [string, number]>): Sample[] =>
  [...pairs].map(([name, value]) => ({ labels: { [label]: name }, value }));
