import type { failed as english } from "../en/failed.ts";

export const failed: typeof english = {
  title: "문제가 생겼습니다",
  text: "이용하시는 분의 잘못이 아닙니다. 보낸 메시지는 그대로 있습니다. 다시 시도해 주세요.",
  retry: "다시 시도",
};
