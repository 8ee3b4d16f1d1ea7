import { execFile } from "node:child_process";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { RelayTuning } from "#server/relay/relay-over.ts";
import { type Certificate, makeCertificate } from "#tests/support/certificate.ts";
import { type DroppingProxy, openDroppingProxy } from "#tests/support/dropping-proxy.ts";
import { freePort } from "#tests/support/free-port.ts";
import type { Service } from "#tests/support/services/service.ts";
import { until } from "#tests/support/until.ts";
import { type Node, openNode } from "./node.ts";

/** Milliseconds after which a heart-beat of a second has told that nobody is there. */
const NOTICED_WITHIN = 6_000;

/** An engine, and the port of it that a proxy stands before. */
export interface Reached extends Service {
  readonly target: number;
  /** BROKER_URL by way of the proxy's port. */
  through(port: number): string;
  withPassword(url: string, password: string): string;
}

/** What every relay does when the network fails it, whatever its engine. Call it inside a describe. */
export function survivesNetworks(start: (proxyPort: number) => Promise<Reached>): void {
  let service: Reached;
  let certificate: Certificate;
  let port: number;
  let proxy: DroppingProxy;
  const nodes: Node[] = [];
  const open = (url: string, tuning?: Partial<RelayTuning>) => {
    const node = openNode(url, tuning);
    nodes.push(node);
    return node;
  };

  beforeAll(async () => {
    port = await freePort();
    [service, certificate] = await Promise.all([start(port), makeCertificate()]);
  }, 180_000);
  afterEach(async () => {
    await Promise.all(nodes.splice(0).map(({ relay }) => relay.close()));
    await proxy?.close();
  });
  afterAll(async () => {
    await service?.stop();
    await certificate?.remove();
  });

  test("준's node notices a network that swallows everything, and is heard again when it no longer does", async () => {
    proxy = await openDroppingProxy(service.target, { port });
    const [mina, jun] = [open(service.through(port)), open(service.through(port), { connect: 1_000 })];
    await Promise.all([mina.up(), jun.up()]);
    await jun.relay.heed("마루");
    // On a busy machine the first attempts may have taken too long.
    jun.told.length = 0;
    proxy.drop();
    const began = performance.now();
    await jun.down();
    expect(performance.now() - began).toBeLessThan(NOTICED_WITHIN);
    await mina.down();
    proxy.resume();
    await Promise.all([mina.up(), jun.up()]);
    mina.relay.publish("마루", "다시");
    await until("what was said", () => jun.heard.length > 0, 20_000);
    expect(jun.heard).toEqual(["마루 다시"]);
    expect(jun.told.map(({ state }) => state)).toEqual(["down", "up"]);
  });

  test("an engine that takes nothing costs 미나's node hints, and neither memory nor time", async () => {
    proxy = await openDroppingProxy(service.target, { port });
    const most = 1024 * 1024;
    const mina = open(service.through(port), { mostWaiting: most, heartBeat: 30_000, patience: 500 });
    await mina.up();
    proxy.stall();
    const began = performance.now();
    // Turn by turn, as hints come: 64 MiB in all.
    for (let n = 0; n < 1_024; n++) {
      mina.relay.publish("마루", "x".repeat(64 * 1024));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(performance.now() - began).toBeLessThan(5_000);
    // The system's own buffers hold some.
    expect(mina.relay.counts().dropped).toBeGreaterThan(700);
    expect(mina.relay.counts().published).toBeLessThan(324);
  });

  test("where nobody listens the node says so once, without the password, and finds the engine when it comes", async () => {
    const url = service.withPassword(service.through(port), "비밀 p@ss/word");
    const lost = open(url);
    await lost.down();
    await expect(lost.relay.heed("마루")).resolves.toBeUndefined();
    expect(lost.told).toHaveLength(1);
    expect(lost.told[0]?.reason).toMatch(/ECONNREFUSED/);
    const found = open(service.through(port));
    await found.down();
    proxy = await openDroppingProxy(service.target, { port });
    await found.up();
    expect(found.told.map(({ state }) => state)).toEqual(["down", "up"]);
  });

  test("a wrong password is said without being told, and tried again", async () => {
    proxy = await openDroppingProxy(service.target, { port });
    const password = "틀린 p@ss/word";
    const node = open(service.withPassword(service.through(port), password));
    await node.down();
    await until("a second try", () => proxy.made > 1, 20_000);
    expect(node.told).toHaveLength(1);
    const { reason = "" } = node.told[0] ?? {};
    expect(reason).not.toBe("");
    for (const secret of [password, encodeURIComponent(password), "p@ss"]) expect(reason).not.toContain(secret);
  });

  test("a host of no such name is no reason to end", async () => {
    const node = open(service.through(port).replace("127.0.0.1", "sarangbang.invalid"));
    await node.down();
    expect(node.told[0]?.reason).toMatch(/ENOTFOUND|EAI_AGAIN/);
    proxy = await openDroppingProxy(service.target, { port });
  });

  test("with TLS the node trusts the authority that its URL names, and nobody else", async () => {
    proxy = await openDroppingProxy(service.target, { port, tls: certificate });
    const url = service.through(port).replace("://", "s://");
    const [trusting, wary] = [open(`${url}${url.includes("?") ? "&" : "?"}ca=${certificate.file}`), open(url)];
    await Promise.all([trusting.up(), wary.down()]);
    expect(wary.told[0]?.reason).toMatch(/self.signed/i);
    await trusting.relay.heed("마루");
  });

  test("a closed relay keeps no process alive, whether the engine was there or not, nor one that trusts NODE_EXTRA_CA_CERTS", async () => {
    proxy = await openDroppingProxy(service.target, { port, tls: certificate });
    const secure = service.through(port).replace("://", "s://");
    const outcomes = await Promise.all([
      endOfProcess(service.url, "up", {}),
      endOfProcess(secure, "up", { NODE_EXTRA_CA_CERTS: certificate.file }),
      endOfProcess(service.through(await freePort()), "down", {}),
    ]);
    expect(outcomes).toEqual(["up closed ended", "up closed ended", "down closed ended"]);
    await until("no connection to be left", () => proxy.open === 0);
  });
}

/** Runs a process that opens a relay, waits for its state and closes it; says how far it came within 30 s. */
function endOfProcess(url: string, state: string, env: NodeJS.Dict<string>): Promise<string> {
  const script = `
    import { brokerUrl } from "#server/relay/broker-url.ts";
    import { openRelay } from "#server/relay/open-relay.ts";
    const changed = async (state) => {
      if (state !== ${JSON.stringify(state)}) return;
      process.stdout.write(state);
      await relay.heed("마루");
      relay.publish("마루", "끝");
      await relay.close();
      process.stdout.write(" closed");
      clearInterval(alive);
    };
    const relay = openRelay({ url: brokerUrl(${JSON.stringify(url)}), node: "one", heard() {}, changed });
    process.on("exit", () => process.stdout.write(" ended"));
    // Something has to keep it alive until it is closed: its timers do not.
    const alive = setInterval(() => {}, 1_000);
  `;
  const { PATH, HOME } = process.env;
  const options = { env: { PATH, HOME, NODE_ENV: "test", ...env } as NodeJS.ProcessEnv, timeout: 30_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, ["--input-type=module", "-e", script], options, (error, stdout, stderr) =>
      resolve(error ? `${stdout} ${error.message} ${stderr}` : stdout),
    );
  });
}
