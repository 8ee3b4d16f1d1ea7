import { cpuTime, tooCoarse } from "#bench/cpu-time.ts";
import type { Published } from "#bench/load/orders.ts";
import type { Figure, Kind, Measured, Settings } from "./figure.ts";
import { serving } from "./serving.ts";

interface Shape {
  rooms: number;
  perRoom: number;
  publishers: number;
  /** Messages a second over all rooms, or … */
  rate?: number;
  /** … so many under way at any time. */
  inFlight?: number;
}

const all: Figure["contenders"] = ["broker", "naive-ws", "socket.io", "rabbitmq"];

/** What a delivered message costs the server, and how long it takes. */
export const deliveries: Figure[] = [
  shaped("fan-out", { rooms: 1, perRoom: 1_000, publishers: 1, rate: 20 }),
  shaped("fan-out", { rooms: 1, perRoom: 5_000, publishers: 1, rate: 4 }),
  shaped("rooms", { rooms: 200, perRoom: 10, publishers: 10, rate: 2_000 }),
  shaped("flat-out", { rooms: 1, perRoom: 1_000, publishers: 1, inFlight: 16 }),
  ...[100, 200, 400].map((rate) => shaped("rising", { rooms: 1, perRoom: 1_000, publishers: 1, rate })),
];

const WARM_UP = 1;
/** Seconds for the last messages to arrive; what comes later counts as lost. */
const PATIENCE = 10;
/** From here on the generator measures itself: when it is busy for this share of its time and its turns are so long (ms), or when it sends so late (ms). */
const BUSY = 0.9;
const LONG = 2;
const LATE = 50;

/** How the generator itself fared. One who polls finds something in each of its short turns when little comes steadily: that alone is no lack of time. */
export function generatorOf({ busy, turn = LONG, behind = 0 }: Pick<Published, "busy"> & Partial<Published>) {
  const values = { "generator busy %": busy * 100, "generator turn ms": turn, "generator late ms": behind };
  return { values, saturated: (busy > BUSY && turn >= LONG) || behind > LATE };
}

function shaped(kind: Kind, shape: Shape): Figure {
  const contenders = kind === "fan-out" ? (["broker", "chat", ...all.slice(1)] as const) : all;
  return {
    ...{ kind, contenders: [...contenders] },
    title: (settings) => titleOf(shape, perRoomOf(shape, settings)),
    measure: (contender, settings) =>
      serving(contender, shape.rooms, async ({ pid, target }, generator) => {
        const { publishers, rate, inFlight } = shape;
        const { seconds } = settings;
        const subscribers = shape.rooms * perRoomOf(shape, settings);
        await generator.open({ target, subscribers, publishers, subscriptions: 1, heartBeat: 0 });
        const load = { rate, inFlight, patience: PATIENCE, receipts: false, polls: true };
        await generator.publish({ ...load, seconds: WARM_UP });
        const before = cpuTime(pid);
        const published = await generator.publish({ ...load, seconds });
        return measured(published, cpuTime(pid) - before);
      }),
  };
}

const perRoomOf = ({ perRoom }: Shape, { scale }: Settings) => Math.max(1, Math.round(perRoom * scale));

function titleOf({ rooms, rate, inFlight }: Shape, perRoom: number): string {
  const [each, often] = [perRoom.toLocaleString("en"), rate?.toLocaleString("en")];
  const load = often === undefined ? `${inFlight} in flight` : `${often} messages/s`;
  return `${rooms === 1 ? "1 room" : `${rooms} rooms`} × ${each}, ${load}`;
}

function measured(published: Published, cpu: number): Measured {
  const { expected, delivered, disordered, closed, perSecond, p50, p99, p999 } = published;
  const generator = generatorOf(published);
  return {
    values: {
      "CPU µs/delivery": cpu / delivered,
      "deliveries/s": perSecond,
      ...{ "p50 ms": p50, "p99 ms": p99, "p99.9 ms": p999 },
      ...{ lost: expected - delivered, "out of order": disordered, "connections given up": closed },
      ...generator.values,
    },
    coarse: tooCoarse(cpu, "CPU µs/delivery"),
    saturated: generator.saturated,
  };
}
