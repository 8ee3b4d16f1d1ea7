import { expect, test } from "vitest";
import { createCourses } from "#server/chat/course.ts";

test("the database is asked about rooms that somebody was let into, not about all that somebody asked for", () => {
  const courses = createCourses();
  courses.expect("let1n");
  courses.of("let1n").baseline = 3;
  for (let n = 0; n < 100; n++) courses.expect(`n0where${n}`);
  expect(courses.heeded()).toEqual(["let1n"]);
});
