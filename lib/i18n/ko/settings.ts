import type { Catalog } from "../en.ts";

export const settings: Catalog["settings"] = {
  title: "설정",
  back: "방으로 돌아가기",
  profile: {
    title: "프로필",
    name: "이름",
    jobTitle: "소속이나 직함",
    jobTitleHint: "이름 옆에 보입니다. 비워 두어도 됩니다.",
    email: "이메일",
    emailHint: "로그인할 때 씁니다. 나에게만 보입니다.",
    saved: "프로필을 저장했습니다.",
    wrongTitle: (most) => `${most}자 안으로 적어 주세요.`,
  },
  password: {
    title: "비밀번호",
    text: "비밀번호를 바꾸면 다른 기기에서는 모두 로그아웃됩니다.",
    current: "현재 비밀번호",
    next: "새 비밀번호",
    submit: "비밀번호 바꾸기",
    changed: "비밀번호를 바꿨습니다. 다른 기기에서는 로그아웃되었습니다.",
    wrong: "현재 비밀번호가 맞지 않습니다.",
    missing: "현재 비밀번호를 적어 주세요.",
  },
  signOut: {
    title: "이 기기",
    text: "로그아웃하면 이 브라우저에 남아 있는 쓰던 글과 아직 보내지 못한 메시지도 지워집니다.",
    submit: "이 기기에서 로그아웃",
  },
  plainHttp:
    "지금은 http 주소로 접속 중이라 브라우저가 앱 설치를 허용하지 않습니다. 다른 기능은 모두 쓸 수 있고, https 주소에서는 설치도 됩니다.",
  appearance: {
    title: "화면",
    language: "언어",
    languages: { browser: "브라우저 설정에 따름", ko: "한국어", en: "English" },
    theme: "테마",
    themes: { system: "시스템 설정", light: "밝게", dark: "어둡게" },
    density: "메시지 간격",
    densities: { comfortable: "넉넉하게", compact: "촘촘하게" },
    clock: "시각 표시",
    clocks: { locale: "오전·오후", "24h": "24시간" },
    enterSends: "Enter로 보내기",
    enterSendsHint: "줄 바꿈은 Shift+Enter입니다. 끄면 Enter로 줄을 바꾸고 Ctrl이나 ⌘+Enter로 보냅니다.",
  },
};
