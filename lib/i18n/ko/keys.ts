import type { Catalog } from "../en.ts";

export const keys: Catalog["keys"] = {
  switcher: {
    title: "방 이동",
    placeholder: "방 이름, 초성도 됩니다",
    none: "그런 이름의 방이 없습니다.",
    hint: "↑ ↓ 고르기, Enter 이동, Esc 닫기",
  },
  list: {
    title: "단축키",
    rows: {
      switcher: "방 찾기",
      search: "메시지 검색",
      previous: "이전 방, 다음 방",
      previousUnread: "새 메시지가 있는 이전 방, 다음 방",
      send: "보내기",
      line: "줄 바꾸기",
      editLast: "빈 입력 칸에서: 마지막으로 쓴 메시지 수정",
      messages: "메시지 목록에서 위아래로",
      escape: "차례로: 닫기, 읽음 표시, 최신 메시지",
      list: "이 목록",
    },
  },
};
