import fc from "fast-check";
import { expect, test } from "vitest";
import { Parser } from "#server/stomp/parser.ts";
import { ProtocolError } from "#server/stomp/protocol-error.ts";
import { encodeFrame, Message } from "#server/stomp/serializer.ts";
import type { Version } from "#server/stomp/version.ts";

const LIMITS = { maxFrameBytes: 100_000, maxHeaders: 100, maxHeaderBytes: 10_000 };
const version = fc.constantFrom<Version>("1.1", "1.2");
/** Strings with a liking for everything that means something to STOMP. */
const octets = fc.constantFrom("\n", ":", "\\", "n", "c", "r", " ", "한", "😀", "\ufeff", "\ufffd");
const text = fc.string({ unit: fc.oneof(octets, fc.string({ unit: "binary", minLength: 1, maxLength: 1 })) });
const value = text.map((wild) => wild.replaceAll(/[\0\r]/g, "").toWellFormed());
const name = value.filter(
  (candidate) => candidate !== "" && candidate !== "content-length" && candidate !== "__proto__",
);
const headers = fc.dictionary(name, value, { maxKeys: 8, noNullPrototype: true });
const body = fc.uint8Array({ maxLength: 300 });

function chunks(bytes: Buffer, cuts: number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

function parseAll(pieces: Buffer[], spoken: Version) {
  const parser = new Parser(LIMITS);
  parser.version = spoken;
  return pieces.flatMap((piece) => {
    const frames = [];
    parser.push(piece);
    for (let frame = parser.next(); frame; frame = parser.next()) frames.push(frame);
    return frames;
  });
}

test("what is serialized parses to itself, in both versions with escapes, however it is cut", () => {
  const frame = fc.record({ headers, body });
  fc.assert(
    fc.property(version, fc.array(frame, { maxLength: 4 }), fc.array(fc.nat()), (spoken, frames, cuts) => {
      const bytes = Buffer.concat(frames.map((one) => encodeFrame(spoken, "SEND", one.headers, one.body).bytes));
      const parsed = parseAll(chunks(bytes, cuts), spoken);
      expect(parsed).toHaveLength(frames.length);
      for (const [index, one] of frames.entries()) {
        const { "content-length": _, ...rest } = Object.fromEntries(parsed[index]?.headers ?? []);
        expect(rest).toEqual(one.headers);
        expect(Buffer.from(parsed[index]?.body ?? [])).toEqual(Buffer.from(one.body));
      }
    }),
  );
});

test("1.2 carries carriage returns in headers too", () => {
  const { bytes } = encodeFrame("1.2", "SEND", { "a\rb": "c\r\nd" });
  expect(Object.fromEntries(parseAll([bytes], "1.2")[0]?.headers ?? [])).toEqual({ "a\rb": "c\r\nd" });
});

test("no header of any version can end its line, its frame or, in 1.0, its name", () => {
  const anyVersion = fc.constantFrom<Version>("1.0", "1.1", "1.2");
  fc.assert(
    fc.property(anyVersion, text, text, (spoken, wildName, wildValue) => {
      const { bytes } = encodeFrame(spoken, "RECEIPT", { [`x${wildName}`]: wildValue });
      const [command, header, ...rest] = bytes
        .subarray(0, bytes.indexOf(0) + 1)
        .toString()
        .split("\n");
      expect(bytes.subarray(bytes.indexOf(0) + 1).toString()).toBe(spoken === "1.0" ? "\n" : "");
      expect(command).toBe("RECEIPT");
      expect(header?.startsWith("x")).toBe(true);
      expect(rest).toEqual(["", "\0"]);
    }),
  );
});

test("whatever bytes arrive, the parser answers with frames or a ProtocolError", () => {
  const piece = fc.oneof(
    fc.constantFrom("SEND\n", "CONNECT\r\n", "\n\n", "\0", "content-length:3\n", "a:\\", "b:c\n", "\r", "xyz", "\\n"),
    fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.array(fc.nat()), version, (pieces, cuts, spoken) => {
      const bytes = Buffer.from(pieces.join(""), "latin1");
      const outcomes = [chunks(bytes, cuts), [bytes]].map((cut) => {
        try {
          return parseAll(cut, spoken).map((frame) => ({ ...frame, body: Buffer.from(frame.body) }));
        } catch (error) {
          if (!(error instanceof ProtocolError)) throw error;
          return error.message;
        }
      });
      // Cut or whole, it is the same outcome.
      expect(outcomes[0]).toEqual(outcomes[1]);
    }),
    { numRuns: 500 },
  );
});

test("a MESSAGE is the same Buffer for everyone who uses the same subscription id", () => {
  const message = new Message({ destination: "/topic/rooms/1", "message-id": "1.2" }, "안녕");
  expect(message.encode("1.2", "/topic/rooms/1").bytes).toBe(message.encode("1.2", "/topic/rooms/1").bytes);
  expect(message.encode("1.2", "sub-0").bytes.toString()).toBe(
    "MESSAGE\nsubscription:sub-0\ndestination:/topic/rooms/1\nmessage-id:1.2\ncontent-length:6\n\n안녕\0",
  );
});

test("a MESSAGE escapes for each version that hears it, and names no subscription to a 1.0 client without one", () => {
  const message = new Message({ destination: "/topic/a", time: "12:30" }, "x");
  expect(message.encode("1.2", "a:b").bytes.toString()).toContain(
    "subscription:a\\cb\ndestination:/topic/a\ntime:12\\c30\n",
  );
  expect(message.encode("1.0", undefined).bytes.toString()).toBe(
    "MESSAGE\ndestination:/topic/a\ntime:12:30\ncontent-length:1\n\nx\0\n",
  );
});

test("a client of 1.0's time finds the line end that it expects behind a frame, and no other does", () => {
  expect(encodeFrame("1.0", "RECEIPT", {}).bytes.toString()).toBe("RECEIPT\n\n\0\n");
  expect(encodeFrame("1.1", "RECEIPT", {}).bytes.toString()).toBe("RECEIPT\n\n\0");
});

test("only valid UTF-8 may travel as text", () => {
  expect(encodeFrame("1.2", "ERROR", {}, Buffer.from([0xff])).text).toBe(false);
  expect(new Message({}, Buffer.from([0xc3])).encode("1.2", "a").text).toBe(false);
  expect(new Message({}, Buffer.from("한")).encode("1.2", "a").text).toBe(true);
});

test("CONNECTED is never escaped", () => {
  expect(encodeFrame("1.2", "CONNECTED", { server: "a:b\\c" }).bytes.toString()).toBe("CONNECTED\nserver:a:b\\c\n\n\0");
});

test("the length of a body is counted here, whatever the headers claim", () => {
  const { bytes } = encodeFrame("1.2", "SEND", { "content-length": "99" }, "한");
  expect(bytes.toString()).toBe("SEND\ncontent-length:3\n\n한\0");
});
