import { parseArgs } from "node:util";
import { careful } from "./costs.ts";
import { needsOf, type Place, trafficOf } from "./model.ts";
import { simulate } from "./simulate.ts";

const USAGE = `npm run bench:scale                            places of 2 and of 4 nodes over RabbitMQ, all on this machine
npm run bench:scale -- --nodes 2,3 --people 400 --rooms 100 --joined 5 --posts 50 --seconds 15
npm run bench:scale -- --arithmetic --people 1000000 --rooms 200000 --joined 20 --posts 3000 --nodes 50,100

What the formulas of bench/scale/model.ts say of a place, beside what was counted in it, and what one of each costs here. With --arithmetic nothing is started: the
formulas alone, with the costs of bench/scale/costs.ts. People are best a multiple of rooms and nodes: then nobody posts where they are no member.
`;

/** Processors that the database has for people who arrive. */
const DATABASE = { cores: 32 };

const { nodes, arithmetic, help, ...numbers } = parseArgs({
  options: {
    nodes: { type: "string", default: "2,4" },
    people: { type: "string", default: "400" },
    rooms: { type: "string", default: "100" },
    joined: { type: "string", default: "5" },
    posts: { type: "string", default: "50" },
    seconds: { type: "string", default: "15" },
    arithmetic: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
}).values;
if (help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const [people, rooms, joined, posts, seconds] = [
  Number(numbers.people),
  Number(numbers.rooms),
  Number(numbers.joined),
  Number(numbers.posts),
  Number(numbers.seconds),
];
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
for (const count of nodes.split(",").map(Number)) {
  const place = { people, rooms, joined, posts, nodes: count };
  const lines = arithmetic ? sized(place) : await simulate(place, seconds);
  console.log(lines.join("\n"));
}

function sized(place: Place): string[] {
  const traffic = trafficOf(place);
  const needs = needsOf(place, careful, DATABASE);
  const whole = (number: number) => Math.round(number).toLocaleString("en");
  return [
    `\n${whole(place.people)} people, ${place.nodes} nodes, ${whole(place.rooms)} rooms of ${whole((place.people * place.joined) / place.rooms)} who are here, ${whole(place.posts)} posts/s`,
    `  a second: ${whole(traffic.streams)} copies of messages, ${whole(traffic.bumps)} of news of unread, ${whole(traffic.published)} hints to the broker, ${whole(traffic.heard)} from it`,
    `  processors' worth of work: nodes ${needs.nodeCores.toFixed(1)} (${(needs.nodeCores / place.nodes).toFixed(2)} each), database ${needs.databaseCores.toFixed(1)}, broker ${needs.brokerCores.toFixed(1)}`,
    `  memory of connections: ${(needs.memory / 1e9).toFixed(1)} GB (${(needs.memory / place.nodes / 1e9).toFixed(2)} each)`,
    `  everybody at once: ${needs.arrivalAtNode.toFixed(0)} s for the nodes, ${needs.arrivalAtDatabase.toFixed(0)} s for a database of ${DATABASE.cores} processors`,
  ];
}
