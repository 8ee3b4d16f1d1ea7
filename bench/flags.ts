import { parseArgs } from "node:util";
import { kinds } from "./figures/figure.ts";

const USAGE = `npm run bench                                   all of it, about a quarter of an hour on a quiet machine
npm run bench -- --only fan-out,rooms           some figures: ${kinds.join(" ")}
npm run bench -- --contenders broker,naive-ws   some servers: broker chat naive-ws socket.io rabbitmq
npm run bench -- --contenders postgres,nodes-rabbitmq,nodes-activemq,nodes-kafka   one node and two nodes on PostgreSQL (hop, own-node, another-node, outage, posts; one node: storm)
npm run bench -- --rounds 5 --seconds 10        longer (3 rounds of 5 seconds are usual)
npm run bench -- --connections 10000            for idle and storm (5,000 are usual); both sides need that many open files
npm run bench -- --scale 0.01 --rounds 1 --seconds 1   to try the bench itself
npm run bench -- --json                         for machines: every round's values

In every round each contender is started anew, one after the other, and loaded by a process of its own, so that noise of the machine
meets all of them alike. The table has medians, and behind them the least and most of the rounds. What counts is the processor time
of the server (all its threads, user and system) per delivered message, and ratios within one run: seconds and latencies are those
of a machine. × is a contender's time by our broker's. A * says that the load generator had no time left (or was given none by a
busy machine), so that the number speaks of it and not of the server; a ~ that so little processor time was used that its steps
of 10 ms are too coarse to tell.
`;

export interface Flags {
  only: string;
  contenders: string;
  rounds: number;
  seconds: number;
  connections: number;
  scale: number;
  json: boolean;
}

/** What was said on the command line. Ends the process with the usage when it is asked for, or when something else is not understood. */
export function readFlags(): Flags {
  const { help, only, contenders, json, ...numbers } = parse();
  if (help) {
    process.stdout.write(USAGE);
    process.exit(0);
  }
  const { rounds, seconds, connections, scale } = numbers;
  return {
    ...{ only, contenders, json },
    ...{ rounds: positive(rounds), seconds: positive(seconds) },
    ...{ connections: positive(connections), scale: positive(scale) },
  };
}

function parse() {
  try {
    return parseArgs({
      options: {
        only: { type: "string", default: kinds.join(",") },
        contenders: { type: "string", default: "broker,chat,naive-ws,socket.io,rabbitmq" },
        rounds: { type: "string", default: "3" },
        seconds: { type: "string", default: "5" },
        connections: { type: "string", default: "5000" },
        scale: { type: "string", default: "1" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    return refuse(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function positive(text: string): number {
  const number = Number(text);
  return number > 0 ? number : refuse(`${text} is not a number above 0.\n`);
}

function refuse(words: string): never {
  process.stderr.write(words);
  process.exit(1);
}
