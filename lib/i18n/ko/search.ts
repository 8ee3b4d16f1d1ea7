import type { Catalog } from "../en.ts";

const number = (count: number) => count.toLocaleString("ko");

export const search: Catalog["search"] = {
  title: "메시지 검색",
  label: "찾을 말",
  hint: "단어의 일부만 써도 됩니다. 띄어쓰기는 달라도 되고, 여러 단어를 쓰면 모두 들어 있는 메시지를 찾습니다.",
  less: "좁혀서 찾기",
  operators: {
    from: ["from:나, from:“김 준”", "그 사람이 쓴 메시지"],
    in: ["in:디자인", "그 방의 메시지"],
    days: ["after:2026-11-01 before:2026-12-01", "그 달의 메시지"],
    link: ["has:link", "링크가 있는 메시지"],
    phrase: ["“search box”", "쓴 그대로"],
  },
  results: "찾은 메시지",
  found: (count, goesOn) => (goesOn ? `메시지 ${number(count)}개, 더 있음` : `메시지 ${number(count)}개`),
  none: (query) => `‘${query}’ 검색 결과가 없습니다`,
  noneHint: "읽을 수 없는 방은 찾지 않습니다. 단어를 줄이거나 일부만 써 보세요.",
  noneYet: "아직 찾지 못했습니다",
  noneYetHint: "더 오래된 메시지가 남아 있습니다.",
  unclear: {
    from: (name) =>
      `‘${name}’ 이름을 쓰는 사람이 없습니다. 이름 전체를 쓰고, 띄어쓰기가 있으면 따옴표로 묶어 주세요: from:“김 준”.`,
    in: (name) =>
      `‘${name}’ 이름의 방이 없습니다. 이름 전체를 쓰고, 띄어쓰기가 있으면 따옴표로 묶어 주세요: in:“디자인 팀”.`,
    before: (day) => `‘${day}’: 날짜가 아닙니다. 2026-11-28처럼 써 주세요.`,
    after: (day) => `‘${day}’: 날짜가 아닙니다. 2026-11-28처럼 써 주세요.`,
    has: (thing) => `‘has:${thing}’: 쓸 수 없습니다. has:link만 있습니다.`,
  },
  preparing: "오래된 메시지 일부는 아직 찾을 수 없습니다. 준비하고 있습니다.",
  more: "더 보기",
  searching: "찾는 중",
  failed: "검색하지 못했습니다.",
  retry: "다시 시도",
  back: "방 목록으로",
  unknownRoom: "방",
};
