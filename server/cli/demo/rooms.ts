import type { RoomKind } from "#lib/chat/room.ts";

export interface DemoRoom {
  /** undefined: the room that is there from the start. */
  name?: string;
  topic: string;
  kind: RoomKind;
  /** Files in talk/. */
  talk: string[];
  messages: number;
  /** How far back it goes. */
  days: number;
  /** How many of the twenty are in it, the two with printed passwords first; everybody when left out. */
  members?: number;
  /** How many of the last messages nobody has read yet. */
  unread: number;
}

export const DEMO_ROOMS: readonly DemoRoom[] = [
  {
    topic: "모두에게 알릴 것 · Announcements for everybody",
    kind: "open",
    talk: ["lobby"],
    messages: 120,
    days: 420,
    unread: 2,
  },
  {
    name: "개발 Dev",
    topic: "배포, 리뷰, 장애 · Deploys, reviews, incidents",
    kind: "open",
    talk: ["dev.ko", "dev.ko", "dev.en"],
    messages: 20_000,
    days: 560,
    unread: 6,
  },
  {
    name: "디자인",
    topic: "시안과 의견",
    kind: "open",
    talk: ["design"],
    messages: 220,
    days: 300,
    members: 12,
    unread: 0,
  },
  {
    name: "Product",
    topic: "What we build next, and why",
    kind: "open",
    talk: ["product"],
    messages: 220,
    days: 300,
    members: 14,
    unread: 3,
  },
  {
    name: "고객지원 Support",
    topic: "문의와 답변",
    kind: "open",
    talk: ["support"],
    messages: 240,
    days: 260,
    members: 13,
    unread: 0,
  },
  { name: "점심 Lunch", topic: "12시 10분, 1층", kind: "open", talk: ["lunch"], messages: 300, days: 160, unread: 4 },
  { name: "운영", topic: "관리자만 보는 방", kind: "admins", talk: ["operations"], messages: 80, days: 300, unread: 1 },
  {
    name: "겨울 출시",
    topic: "함께 준비하는 사람들만",
    kind: "members",
    talk: ["launch"],
    messages: 90,
    days: 60,
    members: 9,
    unread: 2,
  },
];
