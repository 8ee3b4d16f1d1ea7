import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page, type Response } from "@playwright/test";
import { databaseFile } from "#server/config.ts";
import { browserCookies } from "#tests/support/browser-cookies.ts";
import { type Account, claim, createRoom } from "#tests/support/place.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

/**
 * What a browser pays for a room, measured on the production build: `npm run bench:web`, `-- --json` for machines. Budgets are those of the
 * experience page. Times are medians of the rounds; only ratios within one run mean something on a busy machine.
 */
const ROUNDS = 5;
const MESSAGES = 50;
const SLOWER = 4;

const { values: flags } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const server = await startServer();
const browser = await chromium.launch({
  executablePath: execFileSync(process.execPath, ["bin/enter.cjs", "chromium"], { encoding: "utf8" }),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  report(await measure(server, browser));
} finally {
  await browser.close();
  await server.stop();
}

interface Row {
  figure: string;
  unit: string;
  median: number;
  least: number;
  most: number;
  budget: number;
}

async function measure(server: TestServer, browser: Browser): Promise<Row[]> {
  const mina = await claim(server, "미나", "mina@example.com");
  const rooms = [];
  for (const name of ["개발", "디자인"]) {
    const room = await createRoom(server, mina, { name });
    execFileSync(process.execPath, [
      "tests/support/fill-room.ts",
      databaseFile(server),
      room.id,
      mina.id,
      `${MESSAGES}`,
      "read",
    ]);
    rooms.push(room.id);
  }
  const [first, second] = rooms as [string, string];
  const scripts: number[] = [];
  const paints: number[] = [];
  const unseen: number[] = [];
  const seen: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const page = await visit(browser, server, mina);
    const loaded = scriptsOf(page);
    paints.push(await paint(page, `/rooms/${first}`));
    scripts.push((await loaded()) / 1000);
    unseen.push(await change(page, second));
    await change(page, first);
    seen.push(await change(page, second));
    await page.context().close();
  }
  return [
    row("JavaScript of a room's first load, gzip", "kB", scripts, 200),
    row(`largest paint of a room with ${MESSAGES} messages, CPU ${SLOWER} × slower`, "ms", paints, 1_000),
    row("to a room not seen before", "ms", unseen, 300),
    row("to a room seen before", "ms", seen, 100),
  ];
}

async function visit(browser: Browser, server: TestServer, account: Account): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.origin, locale: "ko-KR" });
  await context.addCookies(browserCookies(account, server));
  return context.newPage();
}

/** Counts the gzipped bytes of the scripts that a page loads from now on, until asked. */
function scriptsOf(page: Page): () => Promise<number> {
  const bodies: Promise<Buffer>[] = [];
  const hear = (response: Response) => {
    if (response.request().resourceType() === "script") bodies.push(response.body());
  };
  page.on("response", hear);
  return async () => {
    // What is loaded later, on demand, may still be on its way when the page closes.
    page.off("response", hear);
    const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).byteLength);
    return sizes.reduce((sum, size) => sum + size, 0);
  };
}

async function paint(page: Page, path: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.goto(path);
  await page.locator('[data-testid="connection"][data-state="online"]').waitFor({ state: "attached" });
  const largest = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN)).observe({
          type: "largest-contentful-paint",
          buffered: true,
        });
      }),
  );
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  return largest;
}

/** From the click to the frame in which the other room's last message stands, in the browser's own clock. */
function change(page: Page, room: string): Promise<number> {
  return page.evaluate(
    ({ room, last }) =>
      new Promise<number>((resolve) => {
        const link = document.querySelector<HTMLElement>(`[data-testid="room-link"][data-room-id="${room}"]`);
        const began = performance.now();
        link?.click();
        const look = () => {
          const messages = [...document.querySelectorAll('[data-testid="message"]')];
          const stands = location.pathname.includes(room) && messages.some((each) => each.textContent?.includes(last));
          if (stands) resolve(performance.now() - began);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    { room, last: `${MESSAGES}번째 말` },
  );
}

function row(figure: string, unit: string, values: number[], budget: number): Row {
  const sorted = values.map(Math.round).sort((one, other) => one - other);
  const at = (index: number) => sorted[index] as number;
  return { figure, unit, median: at(ROUNDS >> 1), least: at(0), most: at(ROUNDS - 1), budget };
}

function report(rows: Row[]): void {
  if (flags.json) console.log(JSON.stringify(rows, null, 2));
  else console.table(rows);
}
