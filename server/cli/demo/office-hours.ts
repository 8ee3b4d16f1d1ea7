import type { Random } from "./random.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Seoul has no summer time. */
const SEOUL = 9 * 60 * MINUTE;

/**
 * When `count` conversations begin, in order, over the last `days` before `until`: on working days from half past nine to seven in
 * Seoul, quieter around lunch, now and then in the evening.
 */
export function beginnings(random: Random, count: number, days: number, until: number): number[] {
  const midnights = workingDays(days, until);
  const times: number[] = [];
  while (times.length < count) {
    const time = random.pick(midnights) + minuteOfDay(random) * MINUTE + random.between(0, 59) * 1_000;
    if (time <= until) times.push(time);
  }
  return times.sort((one, other) => one - other);
}

function workingDays(days: number, until: number): number[] {
  const today = Math.floor((until + SEOUL) / DAY) * DAY - SEOUL;
  const midnights = Array.from({ length: days }, (_, back) => today - back * DAY);
  return midnights.filter((midnight) => {
    const weekday = new Date(midnight + SEOUL).getUTCDay();
    return weekday !== 0 && weekday !== 6;
  });
}

function minuteOfDay(random: Random): number {
  if (random.next() < 0.04) return random.between(19 * 60, 22 * 60 + 30);
  const minute = random.between(9 * 60 + 30, 19 * 60);
  const isLunch = minute >= 12 * 60 && minute < 13 * 60;
  return isLunch && random.next() < 0.7 ? minute + 90 : minute;
}
