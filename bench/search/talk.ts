/** Syllables and words that are as often in talk as in this list's order: the first ones are everywhere. */
const WORDS =
  "회의 오늘 내일 확인 배포 디자인 프로젝트 일정 검색 기능 서버 점심 문서 링크 사용자 화면 버튼 수정 테스트 릴리스 주말 공유 자료 발표 고객 문의 계약 예산 휴가 보고서 알림 로그 오류 성능 데이터 백업 복구 설정 계정 권한 초대 메시지 채팅 방 번역 한국어 영어 입력 키보드 마우스 모바일 브라우저 아이콘 색상 글꼴 여백 그림자 애니메이션 접근성 명도 대비".split(
    " ",
  );
const PARTICLES = ["", "를", "가", "은", "에서", "부터", "까지", "하고", "입니다"];
const LATIN = [
  "release",
  "deploy",
  "build",
  "server",
  "design",
  "review",
  "merge",
  "v2",
  "API",
  "https://example.com/a",
];

/** Begins somewhere and always the same way; numbers from 0 to below 1. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One message: 3 to 14 words; in one of a thousand 도자기, and in one of a hundred thousand 느티나무. */
export function sentence(next: () => number, n: number): string {
  const words = Array.from({ length: 3 + Math.floor(next() * 12) }, () => word(next));
  if (n % 1_000 === 7) words.push("도자기");
  if (n % 100_000 === 77) words.push("느티나무를");
  // Never in one message.
  words.push(n % 2 ? "홀수" : "짝수");
  return words.join(" ");
}

function word(next: () => number): string {
  const often = next() ** 2;
  if (next() < 0.1) return LATIN[Math.floor(often * LATIN.length)] as string;
  const syllable = next() < 0.2 ? String.fromCharCode(0xac00 + Math.floor(next() * 11_172)) : "";
  return `${WORDS[Math.floor(often * WORDS.length)]}${syllable}${PARTICLES[Math.floor(next() * PARTICLES.length)]}`;
}
