import { expect, it } from "vitest";
import { isOnlyHere, reachableAddress } from "#components/dialogs/reachable-address.ts";

const HERE = "http://localhost:3000";
const HOME = "http://192.168.0.7:3000";
const CABLE = "http://10.0.0.7:3000";

it("미나, who opened the place at localhost, invites 준 by an address of the local network", () => {
  expect(reachableAddress([HERE, HOME, CABLE], HERE)).toBe(HOME);
});

it("미나, who is on the local network herself, invites by the address she uses", () => {
  expect(reachableAddress([HERE, HOME, CABLE], CABLE)).toBe(CABLE);
});

it("a place that listens on this machine only has no other address to give", () => {
  expect(reachableAddress([HERE], HERE)).toBe(HERE);
});

it.each([
  "http://localhost:3000",
  "http://127.0.0.1:3000",
  "http://127.8.8.8",
  "http://[::1]:3000",
  "http://a.localhost",
])("%s is known to work on this machine only", (address) => expect(isOnlyHere(address)).toBe(true));

it.each(["http://192.168.0.7:3000", "https://chat.example.com", "http://127.example.com"])(
  "%s may work elsewhere",
  (address) => expect(isOnlyHere(address)).toBe(false),
);
