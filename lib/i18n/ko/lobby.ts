import type { Catalog } from "../en.ts";

export const lobby: Catalog["lobby"] = {
  name: "모두의 방",
  welcome: (place) =>
    [
      `${place}에 오신 것을 환영합니다. 새로 오는 사람은 모두 이 방으로 들어옵니다.`,
      "초대는 관리자가 합니다. 왼쪽 위에서 이곳의 이름을 누르고 ‘사람 초대하기’를 고르면 링크와 QR 코드가 나옵니다. 링크를 연 사람은 계정을 만들고 바로 이 방에서 함께 이야기할 수 있습니다.",
    ].join("\n\n"),
};
