import { type Command, InvalidArgumentError } from "commander";
import { Complaint } from "#server/complaint.ts";
import { isLoopbackHost } from "#server/loopback.ts";

interface Flags {
  host: string;
  wsPort: number;
  wsPath: string;
  tcpPort?: number;
  login: string;
  passcode?: string;
  insecureAnonymous?: boolean;
  maxFrameBytes: number;
}

const MiB = 1024 * 1024;

/** `broker` */
export function addBrokerCommand(program: Command): void {
  program
    .command("broker")
    .description("a STOMP broker and nothing else: /topic/… and /queue/… in memory, no chat, no database")
    .option("--host <address>", "the address to listen to", host, "127.0.0.1")
    .option("--ws-port <port>", "the port for WebSockets", port, 15_674)
    .option("--ws-path <path>", "their path", path, "/ws")
    .option("--tcp-port <port>", "a port for STOMP on TCP; none by default", port)
    .option("--login <name>", "what CONNECT has to say", "guest")
    .option("--passcode <text>", "its secret; better as SARANGBANG_PASSCODE in the environment")
    .option("--insecure-anonymous", "let everybody in who comes, unless SARANGBANG_PASSCODE is set")
    .option("--max-frame-bytes <bytes>", "how long a frame may be", frameBytes, 4 * MiB)
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const passcode = choosePasscode(flags);
  const { openBareBroker } = await import("#server/broker-main.ts");
  const broker = await openBareBroker({
    ...flags,
    tcpPort: flags.tcpPort,
    passcode: passcode ? { login: flags.login, passcode } : undefined,
    log: { error: complain, debug() {} },
  });
  process.stdout.write(`The broker listens at ${broker.addresses.join(" and ")}\n`);
  const end = () => {
    const { connections } = broker.gateway.stats();
    if (connections > 0) warn(`Stopping: ${connections === 1 ? "one client is" : `${connections} clients are`} told.`);
    void broker.close().then(() => process.exit(0));
  };
  process.once("SIGINT", end).once("SIGTERM", end);
}

/** Undefined: whoever comes. */
function choosePasscode({ passcode, insecureAnonymous, host }: Flags): string | undefined {
  if (insecureAnonymous && passcode !== undefined)
    throw new Complaint("--passcode and --insecure-anonymous contradict each other: leave one of them out.");
  const chosen = passcode ?? process.env.SARANGBANG_PASSCODE;
  if (!chosen && !insecureAnonymous)
    throw new Complaint("The broker needs a --passcode, or --insecure-anonymous to let everybody in.");
  if (chosen && insecureAnonymous)
    warn("SARANGBANG_PASSCODE is set and counts: --insecure-anonymous lets nobody in without it.");
  else if (!chosen && !isLoopbackHost(host))
    warn(`Whoever can reach ${host} can read and send everything: --insecure-anonymous asks for no passcode.`);
  return chosen || undefined;
}

function warn(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function complain(details: object, message: string): void {
  const { err } = details as { err?: unknown };
  process.stderr.write(`${message}${err instanceof Error ? `\n${err.stack}` : ""}\n`);
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError("It is a number from 0 to 65535.");
  return number;
}

function host(text: string): string {
  if (text.trim() === "")
    throw new InvalidArgumentError("It is an address of this machine, such as 127.0.0.1 or 0.0.0.0.");
  return text;
}

/** What a client's address makes of it has to be the same, or nobody could ever ask for it. */
function path(text: string): string {
  if (!URL.canParse(text, "ws://host") || new URL(text, "ws://host").pathname !== text)
    throw new InvalidArgumentError(
      "It begins with a slash and is written as in an address, such as /ws or /%ED%95%9C.",
    );
  return text;
}

/** CONNECT has to fit; and twice the most is still a number to ws, which counts in 32 bits. */
function frameBytes(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1024 || number > 512 * MiB)
    throw new InvalidArgumentError(`It is a number from 1024 to ${512 * MiB}.`);
  return number;
}
