import type { Catalog } from "../en.ts";

export const refusals: Catalog["refusals"] = {
  unauthenticated: "먼저 로그인해 주세요.",
  expired: "로그인이 만료되었습니다. 다시 로그인해 주세요.",
  forbidden: "이 일을 할 권한이 없습니다.",
  "not-found": "없거나 볼 수 없는 곳입니다.",
  archived: "보관된 방입니다. 읽을 수는 있지만 새로 쓸 수는 없습니다.",
  "read-only": "관리자만 글을 쓸 수 있는 방입니다.",
  "too-long": "너무 깁니다.",
  "rate-limited": "너무 빠릅니다. 잠시 뒤에 다시 시도해 주세요.",
  malformed: "입력한 내용을 다시 확인해 주세요.",
  unsupported: "이 서버에서는 지원하지 않습니다.",
  busy: "서버가 바쁩니다. 잠시 뒤에 다시 시도해 주세요.",
  "shutting-down": "서버를 다시 켜는 중입니다. 곧 돌아옵니다.",
};
