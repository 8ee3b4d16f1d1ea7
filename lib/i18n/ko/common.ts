import type { Catalog } from "../en.ts";
import { failed } from "./failed.ts";

export const common: Catalog["common"] = {
  product: "사랑방",
  close: "닫기",
  cancel: "취소",
  save: "저장",
  copied: "복사했습니다",
  showPassword: "비밀번호 보기",
  hidePassword: "비밀번호 숨기기",
  notices: "알림",
  unreachable: "서버에 연결할 수 없습니다. 연결을 확인하고 다시 시도해 주세요.",
  late: {
    failed: "불러오지 못했습니다. 연결이 돌아오면 다시 시도해 주세요.",
    replaced: "새 버전이 나왔습니다. 페이지를 새로 고쳐 주세요. 쓰던 글은 그대로 남습니다.",
    reload: "새로 고침",
  },
  retryIn: (seconds) => `${seconds}초 뒤에 다시 시도해 주세요.`,
  reasons: {
    lastRoomAdmin: "방에는 관리자가 있어야 합니다. 먼저 다른 멤버를 방 관리자로 지정하거나 방을 보관해 주세요.",
    lastAdmin: "이곳에는 관리자가 있어야 합니다. 먼저 다른 사람을 관리자로 지정해 주세요.",
    kind: "관리자만 들어오는 방으로는 이곳의 관리자만 바꿀 수 있습니다.",
  },
  suspended: "정지됨",
  bot: "봇",
  admin: "관리자",
  notFound: {
    title: "찾을 수 없습니다",
    text: "없는 페이지이거나 볼 수 없는 페이지입니다.",
    home: "방으로 돌아가기",
  },
  failed,
};
