import { roomVerb } from "#lib/chat/destinations.ts";
import type { MessagePage } from "#lib/chat/message.ts";
import { type Account, ask } from "./place.ts";
import type { TestServer } from "./server.ts";
import { change } from "./talk.ts";
import { connectWire } from "./wire.ts";

/** What two people might say on a morning: short, long, lines, a link, an emoji, another language. */
const MORNING = [
  "좋은 아침이에요! 오늘 회의는 몇 시였죠?",
  "Good morning! 10:30, in the small room.",
  "아 맞다, 고마워요 🙏",
  "어제 이야기한 배포 순서를 정리해 봤어요.\n1. 데이터베이스 백업\n2. 새 버전 올리기\n3. 상태 페이지 확인",
  "Looks right to me. One question: do we tell people before step 2, or is the restart short enough that nobody will even notice? I think last time it took under five seconds, and everybody's page came back by itself without losing a message.",
  "이번에도 5초면 끝나요. 그래도 한 줄은 남겨 둘게요: https://status.example.com/2026-11-22",
  "👍",
  "끝나면 점심은 칼국수 어때요?",
  "Always.",
];

/** Has these people say it, one after the other, as fast as the server stores it. */
export async function converse(server: TestServer, room: string, people: Account[], texts = MORNING): Promise<void> {
  const wires = await Promise.all(people.map((person) => connectPerson(server, person)));
  for (const [index, text] of texts.entries()) {
    const wire = wires[index % wires.length] as (typeof wires)[number];
    wire.send("SEND", { destination: roomVerb(room, "post"), receipt: `r${index}` }, JSON.stringify({ text }));
    await wire.frame("RECEIPT", { "receipt-id": `r${index}` });
  }
  for (const wire of wires) wire.close();
}

/** Has somebody edit what they said as the `edited`th, and delete what they said as the `deleted`th; both counted from 0. */
export async function thinkAgain(
  server: TestServer,
  room: string,
  person: Account,
  { edited, deleted }: { edited: number; deleted: number },
): Promise<void> {
  const { body } = await ask<MessagePage>(server, person, "GET", `/api/rooms/${room}/messages`);
  const own = body.messages.filter(({ author }) => author === person.id);
  const wire = await connectPerson(server, person);
  const named = (index: number) => ({ messageId: own[index]?.id, seq: own[index]?.seq });
  await change(wire, room, "edit", { ...named(edited), text: `${own[edited]?.text} 다들 곧 봐요.` });
  await change(wire, room, "delete", named(deleted));
  wire.close();
}

function connectPerson(server: TestServer, person: Account) {
  return connectWire(server.endpoint, { headers: { cookie: person.cookie, origin: server.origin } });
}
