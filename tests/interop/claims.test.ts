import { describe, expect, test } from "vitest";
import { until } from "#tests/support/until.ts";
import { withBareBroker } from "./bare-broker.ts";
import { CLIENTS } from "./clients.ts";

const { connect, connections } = withBareBroker();

for (const client of CLIENTS) {
  const { name, carrier, lacks = [] } = client;
  const slug = name.replace(/\W+/g, "-");

  describe(`${name} over ${carrier}`, () => {
    test("takes its leave so that nothing of 미나 stays behind", async () => {
      await until("those of the test before to be gone", () => connections() === 0);
      const mina = await connect(client);
      await mina.subscribe("s", `/topic/leave-${slug}`, "auto");
      expect(connections()).toBe(1);
      await mina.disconnect();
      await until("the server to have let go", () => connections() === 0);
    });

    test("brings what 미나 sends with a receipt to 준, in order, in Korean", async () => {
      const destination = `/topic/korean-${slug}`;
      const [mina, jun] = await Promise.all([connect(client), connect(client)]);
      await jun.subscribe("jun", destination, "auto");
      const said = ["안녕하세요, 준 님", "한글은 세 바이트씩 🌙", "e\u0301 결합 문자\n둘째 줄: 콜론"];
      for (const text of said) await mina.send(destination, Buffer.from(text));
      const heard = [await jun.receive(), await jun.receive(), await jun.receive()];
      expect(heard.map(String)).toEqual(said);
    });

    if (!lacks.includes("NUL in what it receives"))
      test("keeps the NULs in a body of 미나's", async () => {
        const destination = `/topic/nul-${slug}`;
        const [mina, jun] = await Promise.all([connect(client), connect(client)]);
        await jun.subscribe("jun", destination, "auto");
        const body = Buffer.from("\0앞과 뒤에\0\0 그리고 사이에\0");
        await mina.send(destination, body);
        await mina.send(destination, Buffer.from("and on it goes"));
        expect(await jun.receive()).toEqual(body);
        expect(String(await jun.receive())).toBe("and on it goes");
      });

    test("brings a MiB from 미나 to 준", async () => {
      const destination = `/topic/large-${slug}`;
      const [mina, jun] = await Promise.all([connect(client), connect(client)]);
      await jun.subscribe("jun", destination, "auto");
      const body = Buffer.from("가나다라마바사아자차카타파하 0123456789\n".repeat(20_000)).subarray(0, 1024 * 1024 - 1);
      await mina.send(destination, body);
      expect((await jun.receive()).equals(body)).toBe(true);
    });

    test("acknowledges, and what 준 did not acknowledge is handed to 미나", async () => {
      const destination = `/queue/work-${slug}`;
      const [mina, jun] = await Promise.all([connect(client), connect(client)]);
      for (const task of ["first", "second"]) await mina.send(destination, Buffer.from(task));
      await jun.subscribe("jun", destination, "client");
      expect(String(await jun.receive())).toBe("first");
      await jun.ack();
      expect(String(await jun.receive())).toBe("second");
      await jun.disconnect();

      const next = await connect(client);
      await next.subscribe("next", destination, "client");
      expect(String(await next.receive())).toBe("second");
      await next.ack();
    });

    test("sends 미나's transaction all at once or not at all", async () => {
      const destination = `/topic/transaction-${slug}`;
      const [mina, jun] = await Promise.all([connect(client), connect(client)]);
      await jun.subscribe("jun", destination, "auto");
      await mina.begin("dropped");
      await mina.send(destination, Buffer.from("never said"), "dropped");
      await mina.abort("dropped");
      await mina.begin("kept");
      await mina.send(destination, Buffer.from("one"), "kept");
      await mina.send(destination, Buffer.from("two"), "kept");
      await mina.send(destination, Buffer.from("outside"));
      await mina.commit("kept");
      const heard = [await jun.receive(), await jun.receive(), await jun.receive()];
      expect(heard.map(String)).toEqual(["outside", "one", "two"]);
    });

    test("acknowledges in a transaction: aborted, the message is 미나's again", async () => {
      const destination = `/queue/transaction-${slug}`;
      const [mina, jun] = await Promise.all([connect(client), connect(client)]);
      await mina.send(destination, Buffer.from("a task"));
      await jun.subscribe("jun", destination, "client");
      expect(String(await jun.receive())).toBe("a task");
      await jun.begin("dropped");
      await jun.ack("dropped");
      await jun.abort("dropped");
      await jun.disconnect();

      await mina.subscribe("mina", destination, "client");
      expect(String(await mina.receive())).toBe("a task");
      await mina.begin("kept");
      await mina.ack("kept");
      await mina.commit("kept");
      await mina.disconnect();

      const [next, sender] = await Promise.all([connect(client), connect(client)]);
      await next.subscribe("next", destination, "client");
      await sender.send(destination, Buffer.from("another"));
      expect(String(await next.receive())).toBe("another");
    });
  });
}
