import { expect, test } from "vitest";
import { negotiateHeartBeat } from "#server/stomp/heart-beat.ts";
import { negotiateVersion } from "#server/stomp/version.ts";

const OURS = { send: 15_000, receive: 30_000 };

test("the highest common version is spoken, whatever the order of the list", () => {
  expect(negotiateVersion("1.0,1.2,1.1")).toBe("1.2");
  expect(negotiateVersion("1.1,1.0")).toBe("1.1");
  expect(negotiateVersion("2.0, 1.1")).toBe("1.1");
});

test("a client that names no version speaks 1.0", () => {
  expect(negotiateVersion(undefined)).toBe("1.0");
});

test("a client of another time is told which versions there are", () => {
  for (const list of ["2.0", "", "1.20"])
    expect(() => negotiateVersion(list)).toThrowError(
      expect.objectContaining({ fault: "unsupported", headers: { version: "1.0,1.1,1.2" } }),
    );
});

test("in each direction the larger wish counts", () => {
  expect(negotiateHeartBeat("20000,5000", "1.2", OURS)).toEqual({ send: 15_000, receive: 30_000 });
  expect(negotiateHeartBeat("40000,60000", "1.1", OURS)).toEqual({ send: 60_000, receive: 40_000 });
});

test("no direction beats when either side says 0", () => {
  expect(negotiateHeartBeat("0,10000", "1.2", OURS)).toEqual({ send: 15_000, receive: 0 });
  expect(negotiateHeartBeat("10000,0", "1.2", OURS)).toEqual({ send: 0, receive: 30_000 });
  expect(negotiateHeartBeat("10000,10000", "1.2", { send: 0, receive: 0 })).toEqual({ send: 0, receive: 0 });
});

test("nothing beats without the header, nor in 1.0", () => {
  expect(negotiateHeartBeat(undefined, "1.2", OURS)).toEqual({ send: 0, receive: 0 });
  expect(negotiateHeartBeat("1000,1000", "1.0", OURS)).toEqual({ send: 0, receive: 0 });
});

test("a heart-beat header that is not two numbers is refused", () => {
  for (const header of ["0", "T,0", "100,10,50", "-1,5", "1.5,2", "", " 1,2", "9999999999,0"])
    expect(() => negotiateHeartBeat(header, "1.2", OURS), header).toThrow("two numbers");
});
