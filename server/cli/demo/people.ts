/** Who lives in the demo. The first is the admin, the second the member whose passwords are printed. */
export interface DemoPerson {
  email: string;
  name: string;
  title: string;
  /** What they write. */
  languages: ("ko" | "en")[];
  isAdmin?: boolean;
}

const korean = (email: string, name: string, title: string, languages: ("ko" | "en")[] = ["ko"]): DemoPerson => ({
  email: `${email}@example.com`,
  name,
  title,
  languages,
});
const english = (email: string, name: string, title: string): DemoPerson => ({
  email: `${email}@example.com`,
  name,
  title,
  languages: ["en"],
});

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { ...korean("mina", "김미나", "디자인", ["ko", "en"]), isAdmin: true },
  korean("jun", "이준", "백엔드", ["ko", "en"]),
  { ...korean("seoyeon", "박서연", "기획", ["ko", "en"]), isAdmin: true },
  korean("doyun", "최도윤", "프론트엔드"),
  korean("haeun", "정하은", "QA"),
  { ...korean("jiho", "강지호", "인프라"), isAdmin: true },
  korean("subin", "조수빈", "마케팅"),
  korean("yejun", "윤예준", "데이터"),
  korean("yujin", "장유진", "고객지원"),
  korean("minseo", "임민서", "디자인"),
  korean("hyunwoo", "한현우", "영업"),
  korean("jiwoo", "오지우", "iOS"),
  { ...english("emma", "Emma Clarke", "Product"), isAdmin: true },
  { ...english("daniel", "Daniel Kim", "Android"), languages: ["en", "ko"] },
  english("sofia", "Sofia Rossi", "Marketing"),
  english("liam", "Liam Murphy", "Backend"),
  english("aiko", "Aiko Tanaka", "Design"),
  english("noah", "Noah Weber", "Data"),
  english("priya", "Priya Nair", "QA"),
  english("lucas", "Lucas Silva", "Support"),
];
