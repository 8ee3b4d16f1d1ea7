import { describe, expect, test } from "vitest";
import { Parser } from "#server/stomp/parser.ts";
import { ProtocolError } from "#server/stomp/protocol-error.ts";
import type { Version } from "#server/stomp/version.ts";

const LIMITS = { maxFrameBytes: 1_000, maxHeaders: 10, maxHeaderBytes: 100 };

interface Read {
  command: string;
  headers: Record<string, string>;
  body: string;
}

/** Parses whole input at once, or in pieces, at a version that was agreed on before. */
function parse(input: string | Buffer | Buffer[], version?: Version, limits = LIMITS): Read[] {
  const parser = new Parser(limits);
  parser.version = version;
  const frames: Read[] = [];
  for (const chunk of Array.isArray(input) ? input : [Buffer.from(input)]) {
    parser.push(chunk);
    for (let frame = parser.next(); frame; frame = parser.next())
      frames.push({
        command: frame.command,
        headers: Object.fromEntries(frame.headers),
        body: Buffer.from(frame.body).toString(),
      });
  }
  return frames;
}

function fault(input: string | Buffer | Buffer[], version?: Version, limits = LIMITS): ProtocolError {
  try {
    parse(input, version, limits);
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error("It parsed.");
}

const ALL = ["1.0", "1.1", "1.2"] as const;

describe("frames cut anywhere", () => {
  const bytes = Buffer.from(
    "\n\r\nSEND\r\ndestination:/topic/회의\r\nx:a\\cb\\\\n\\r\r\ncontent-length:8\r\n\r\n안\0\n녕\0\n\0SUBSCRIBE\nid:1\n\n\0\r\n",
  );
  const whole = [
    {
      command: "SEND",
      headers: { destination: "/topic/회의", x: "a:b\\n\r", "content-length": "8" },
      body: "안\0\n녕",
    },
    { command: "SUBSCRIBE", headers: { id: "1" }, body: "" },
  ];

  test("two frames parse the same when their bytes are cut in two at any place", () => {
    for (let cut = 0; cut <= bytes.length; cut++)
      expect(parse([bytes.subarray(0, cut), bytes.subarray(cut)], "1.2"), `cut at ${cut}`).toEqual(whole);
  });

  test("two frames parse the same when every byte arrives alone", () => {
    expect(
      parse(
        [...bytes].map((_, at) => bytes.subarray(at, at + 1)),
        "1.2",
      ),
    ).toEqual(whole);
  });

  test("a body that was handed out does not change when more bytes arrive", () => {
    const parser = new Parser(LIMITS);
    parser.push(Buffer.from("SEND\n\nhel"));
    parser.next();
    parser.push(Buffer.from("lo\0SEND\n\n"));
    const body = parser.next()?.body;
    for (const chunk of ["x".repeat(50), "y".repeat(500), "\0"]) parser.push(Buffer.from(chunk));
    parser.next();
    expect(Buffer.from(body ?? []).toString()).toBe("hello");
  });
});

describe("lines", () => {
  test("1.2 takes CRLF for a line end, and so does CONNECT before any version is agreed on", () => {
    expect(parse("SEND\r\na:b\r\n\r\n\0", "1.2")).toEqual([{ command: "SEND", headers: { a: "b" }, body: "" }]);
    expect(parse("CONNECT\r\nlogin:미나\r\n\r\n\0")[0]?.headers).toEqual({ login: "미나" });
  });

  test("1.0 and 1.1 know no CRLF: the carriage return belongs to the value", () => {
    for (const version of ["1.0", "1.1"] as const)
      expect(parse("SEND\na:b\r\n\n\0", version)[0]?.headers).toEqual({ a: "b\r" });
  });

  test("a bare carriage return is fatal in a header of 1.2 and between frames", () => {
    expect(fault("SEND\na:b\rc\n\n\0", "1.2").fault).toBe("malformed");
    expect(fault("\rSEND\n\n\0", "1.2").fault).toBe("malformed");
  });

  test("line ends and stray NULs between frames mean nothing", () => {
    for (const version of ALL)
      expect(parse("\n\n\0\r\nSEND\n\n\0\0\n\n\0SEND\n\n\0\n", version).map(({ command }) => command)).toEqual([
        "SEND",
        "SEND",
      ]);
  });

  test("a frame that ends within its headers is refused at once, not when more arrives", () => {
    expect(fault("DISCONNECT\0").fault).toBe("malformed");
    expect(fault("SEND\ndestination:/topic/a\0\n\n").fault).toBe("malformed");
  });

  test("a header without a colon or without a name is fatal", () => {
    expect(fault("SEND\ndestination\n\n\0", "1.2").fault).toBe("malformed");
    expect(fault("SEND\n:value\n\n\0", "1.2").fault).toBe("malformed");
  });

  test("values keep their blanks, may be empty, and may hold further colons", () => {
    for (const version of ALL)
      expect(parse("SEND\na: b \nc:\nd:e:f\n\n\0", version)[0]?.headers).toEqual({ a: " b ", c: "", d: "e:f" });
  });

  test("of a repeated header the first counts", () => {
    expect(parse("SEND\ndestination:/topic/a\ndestination:/topic/b\n\n\0", "1.2")[0]?.headers).toEqual({
      destination: "/topic/a",
    });
  });

  test("commands and header names keep their case", () => {
    expect(parse("send\nDestination:x\n\n\0", "1.2")[0]).toEqual({
      command: "send",
      headers: { Destination: "x" },
      body: "",
    });
  });

  test("a header that is not UTF-8 is fatal, one that holds U+FFFD itself is not", () => {
    expect(fault(Buffer.from([...Buffer.from("SEND\na:"), 0xff, 0x0a, 0x0a, 0x00]), "1.2").fault).toBe("malformed");
    expect(parse("SEND\na:\ufffd\n\n\0", "1.2")[0]?.headers).toEqual({ a: "\ufffd" });
  });

  test("a byte order mark belongs to the header it stands in", () => {
    expect(parse("SEND\na:\ufeffb\n\n\0", "1.2")[0]?.headers).toEqual({ a: "\ufeffb" });
  });
});

describe("escapes", () => {
  const escaped = "SEND\nna\\cme:1\\n2\\c3\\\\n4\n\n\0";

  test("1.1 and 1.2 decode names and values, in one pass", () => {
    for (const version of ["1.1", "1.2"] as const)
      expect(parse(escaped, version)[0]?.headers).toEqual({ "na:me": "1\n2:3\\n4" });
  });

  test("1.0 decodes nothing", () => {
    expect(parse(escaped, "1.0")[0]?.headers).toEqual({ "na\\cme": "1\\n2\\c3\\\\n4" });
  });

  test("\\r is a carriage return in 1.2 and fatal in 1.1", () => {
    expect(parse("SEND\na:b\\rc\n\n\0", "1.2")[0]?.headers).toEqual({ a: "b\rc" });
    expect(fault("SEND\na:b\\rc\n\n\0", "1.1").fault).toBe("malformed");
  });

  test("an escape nobody defined is fatal, and so is a backslash at the end", () => {
    for (const version of ["1.1", "1.2"] as const)
      for (const value of ["\\t", "\\x", "\\한", "end\\"])
        expect(fault(`SEND\na:${value}\n\n\0`, version).fault).toBe("malformed");
  });

  test("CONNECT, STOMP and CONNECTED are never decoded", () => {
    for (const command of ["CONNECT", "STOMP", "CONNECTED"])
      expect(parse(`${command}\npasscode:a\\cb\\t\n\n\0`, "1.2")[0]?.headers).toEqual({ passcode: "a\\cb\\t" });
  });
});

describe("bodies", () => {
  test("content-length counts bytes, and NULs inside survive", () => {
    expect(parse("SEND\ncontent-length:5\n\n한\0a\0", "1.2")[0]?.body).toBe("한\0a");
  });

  test("without content-length the body ends at the first NUL", () => {
    expect(parse("SEND\n\nhello\0\n", "1.2")[0]?.body).toBe("hello");
  });

  test("anything but NUL after the announced body is fatal", () => {
    expect(fault("SEND\ncontent-length:2\n\nheySEND\n\n\0", "1.2").fault).toBe("malformed");
  });

  test("a content-length that is no number of bytes is fatal", () => {
    for (const length of ["-1", "1e3", "0x10", " 5", "", "5.0", "9999999999999999999"])
      expect(fault(`SEND\ncontent-length:${length}\n\nhello\0`, "1.2").fault, length).toBe("malformed");
  });

  test("only SEND may bring a body, except in 1.0", () => {
    for (const version of ["1.1", "1.2"] as const)
      expect(fault("SUBSCRIBE\nid:1\n\nbody\0", version).fault).toBe("malformed");
    expect(parse("SUBSCRIBE\nid:1\n\nbody\0", "1.0")[0]?.body).toBe("body");
    expect(parse("SUBSCRIBE\nid:1\ncontent-length:0\n\n\0", "1.2")).toHaveLength(1);
  });
});

describe("limits", () => {
  test("a frame of just the allowed length passes, one byte more does not", () => {
    const head = "SEND\n\n";
    const limits = { ...LIMITS, maxFrameBytes: 100 };
    const fits = 100 - head.length - 1;
    expect(parse(`${head}${"x".repeat(fits)}\0`, "1.2", limits)).toHaveLength(1);
    expect(fault(`${head}${"x".repeat(fits + 1)}\0`, "1.2", limits).fault).toBe("too-long");
  });

  test("a content-length beyond the limit is refused before a byte of the body arrives", () => {
    expect(fault("SEND\ncontent-length:995\n\n", "1.2").fault).toBe("too-long");
  });

  test("a body without end is refused as soon as it is too long", () => {
    const pieces = Array.from({ length: 200 }, () => Buffer.from("xxxxx"));
    expect(fault([Buffer.from("SEND\n\n"), ...pieces], "1.2").fault).toBe("too-long");
    const parser = new Parser(LIMITS);
    parser.push(Buffer.from("SEND\n\n"));
    parser.next();
    let pushed = 0;
    const feed = () => {
      for (; pushed < 200; pushed++) {
        parser.push(Buffer.from("xxxxx"));
        parser.next();
      }
    };
    expect(feed).toThrow("too long");
    expect(pushed * 5).toBeLessThan(LIMITS.maxFrameBytes + 5);
  });

  test("a line that is too long is refused before it ends", () => {
    expect(fault(`SEND\na:${"x".repeat(99)}`, "1.2").fault).toBe("too-long");
    expect(fault(`${"S".repeat(101)}`, "1.2").fault).toBe("too-long");
    expect(parse(`SEND\na:${"x".repeat(98)}\n\n\0`, "1.2")).toHaveLength(1);
  });

  test("too many headers are refused, repeated ones counted", () => {
    expect(parse(`SEND\n${"a:b\n".repeat(10)}\n\0`, "1.2")).toHaveLength(1);
    expect(parse(`SEND\n${"a:b\n".repeat(6)}\n\0`.repeat(3), "1.2")).toHaveLength(3);
    expect(fault(`SEND\n${"a:b\n".repeat(11)}\n\0`, "1.2").fault).toBe("too-long");
  });

  test("line ends between frames may go on for ever", () => {
    expect(parse(`${"\n".repeat(5_000)}SEND\n\n\0`, "1.2")).toHaveLength(1);
  });

  test("a fault names the receipt of the frame at fault, and never that of the one before", () => {
    expect(fault("SEND\nreceipt:a\n\n\0SEND\nreceipt:b\nbroken\n\n\0", "1.2").headers).toEqual({ "receipt-id": "b" });
    expect(fault("SEND\nreceipt:a\n\n\0SEND\nbroken\n\n\0", "1.2").headers).toEqual({});
  });
});
