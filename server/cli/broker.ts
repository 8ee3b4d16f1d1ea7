import { type Command, InvalidArgumentError } from "commander";
import { Complaint } from "#server/complaint.ts";

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

/** `broker` */
export function addBrokerCommand(program: Command): void {
  program
    .command("broker")
    .description("a STOMP broker and nothing else: /topic/… and /queue/… in memory, no chat, no database")
    .option("--host <address>", "the address to listen to", "127.0.0.1")
    .option("--ws-port <port>", "the port for WebSockets", port, 15_674)
    .option("--ws-path <path>", "their path", "/ws")
    .option("--tcp-port <port>", "a port for STOMP on TCP; none by default", port)
    .option("--login <name>", "what CONNECT has to say", "guest")
    .option("--passcode <text>", "its secret; better as SARANGBANG_PASSCODE in the environment")
    .option("--insecure-anonymous", "let everybody in who comes")
    .option("--max-frame-bytes <bytes>", "how long a frame may be", positive, 4 * 1024 * 1024)
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const passcode = flags.passcode ?? process.env.SARANGBANG_PASSCODE;
  if (!passcode && !flags.insecureAnonymous)
    throw new Complaint("The broker needs a --passcode, or --insecure-anonymous to let everybody in.");
  const { openBareBroker } = await import("#server/broker-main.ts");
  const broker = await openBareBroker({
    ...flags,
    tcpPort: flags.tcpPort,
    passcode: passcode ? { login: flags.login, passcode } : undefined,
    log: { error: complain, debug() {} },
  });
  process.stdout.write(`The broker listens at ${broker.addresses.join(" and ")}\n`);
  const end = () => void broker.close().then(() => process.exit(0));
  process.once("SIGINT", end).once("SIGTERM", end);
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

function positive(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError("It is a number above 0.");
  return Number(text);
}
