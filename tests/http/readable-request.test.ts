import { parseAndValidateFlightRouterState as readByNext } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";
import { expect, test } from "vitest";
import { makeReadable } from "#server/readable-request.ts";

const HEADER = "next-router-state-tree";

/** What is left of a router's state in the headers. */
function left(state: string): string | undefined {
  const headers: Record<string, string> = { [HEADER]: state };
  makeReadable({ url: "/", headers });
  return headers[HEADER];
}

test.each([
  '["",{}]',
  '["",{"children":["rooms",{"children":[["id","r1","d",null],{"children":["__PAGE__",{}]}]}]},null,null,16]',
  '["",{"children":["a",{},["/a","?b"],"refetch"]},null,"metadata-only",3,"s"]',
  '["",{"children":[["path","a/b","ci(..)(..)",["c"]],{}]}]',
])("the state of 미나's router reaches Next: %s", (state) => {
  const header = encodeURIComponent(state);
  expect(left(header)).toBe(header);
  expect(readByNext(header)).toEqual(JSON.parse(state));
});

test.each([
  '[["a","b","c"],{}]',
  '[["a","b","no kind",null],{}]',
  '[["a","b","d",[1]],{}]',
  '["",{"children":[["a",5,"d",null],{}]}]',
  '["",{},"address"]',
  '["",{},null,"bogus"]',
  '["",{},null,null,"1"]',
  '["",{},null,null,1,2]',
  '["",{},null,null,1,"s",null]',
  '["",{"children":{}}]',
  "{}",
  nested(2_000),
])("a state that 준 made up, and Next would answer with 500, is left out: %.60s", (state) => {
  for (const header of [state, encodeURIComponent(state)]) expect(() => readByNext(left(header))).not.toThrow();
});

function nested(levels: number): string {
  return `${'["",{"":'.repeat(levels)}["",{}]${"}]".repeat(levels)}`;
}
