import type { failed as english } from "../en/failed.ts";

export const failed: typeof english = {
  title: "문제가 생겼습니다",
  text: "잘못하신 것이 아니며, 쓰신 글은 사라지지 않습니다. 다시 해 주세요.",
  retry: "다시 하기",
};
