import { fileURLToPath } from "node:url";
import type { Target } from "#bench/load/orders.ts";
import { freePort } from "#tests/support/free-port.ts";
import type { Contender, ContenderName } from "./contender.ts";
import { launch } from "./launch.ts";

const BINARY = fileURLToPath(new URL("../../bin/sarangbang", import.meta.url));
const compiled = fileURLToPath(new URL("../../node_modules/.cache/compiled", import.meta.url));
const topics = ["/topic/%room", "/topic/%room.activity", "/topic/own.%n"];

/** Our broker without the chat. */
export const broker: Contender = inProcess("broker", "sarangbang broker", {
  command: (port) => [BINARY, "broker", "--ws-port", `${port}`, "--insecure-anonymous"],
  target: { path: "/ws", dialect: "stomp", subscribe: topics, send: "/topic/%room" },
});

export const naiveWs: Contender = inProcess("naive-ws", "naive ws", {
  command: (port) => [process.execPath, programOf("naive-ws.ts"), `${port}`],
  target: { path: "/", dialect: "stomp", subscribe: topics, send: "/topic/%room" },
});

export const socketIo: Contender = inProcess("socket.io", "Socket.IO 4", {
  command: (port) => [process.execPath, programOf("socket-io.ts"), `${port}`],
  target: {
    path: "/socket.io/?EIO=4&transport=websocket",
    dialect: "socket.io",
    subscribe: ["%room", "%room.activity", "own.%n"],
    send: "%room",
  },
});

interface Program {
  command(port: number): [string, ...string[]];
  target: Omit<Target, "port" | "rooms">;
}

function inProcess(name: ContenderName, title: string, { command, target }: Program): Contender {
  return {
    name,
    title,
    missing: () => undefined,
    async start({ rooms }) {
      const port = await freePort();
      const [file, ...args] = command(port);
      // What a test or a shell has set must not make one of them slower than the others.
      const { PATH, HOME, LANG } = process.env;
      const env = { PATH, HOME, LANG, NODE_ENV: "production" as const, NODE_COMPILE_CACHE: compiled };
      const server = await launch(file, args, env);
      return { ...server, target: { ...target, port, rooms: Array.from({ length: rooms }, (_, n) => `room.${n}`) } };
    },
  };
}

const programOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));
