import { type RawData, WebSocket } from "ws";

/** A bot with a token that posts one message after the other, each when the one before is on the disk. */
export async function openBot(endpoint: string, token: string, room: string) {
  const socket = new WebSocket(endpoint, ["v12.stomp"], { headers: { authorization: `Bearer ${token}` } });
  let heard: (frame: string) => void = () => {};
  socket.on("message", (data: RawData) => heard(String(data)));
  const next = (command: string) =>
    new Promise<void>((resolve, reject) => {
      heard = (frame) => (frame.startsWith(command) ? resolve() : reject(new Error(frame)));
    });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const connected = next("CONNECTED");
  socket.send("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0");
  await connected;

  async function post(text: string): Promise<void> {
    const receipt = next("RECEIPT");
    socket.send(`SEND\ndestination:/app/rooms/${room}/post\ncontent-type:text/plain\nreceipt:r\n\n${text}\0`);
    await receipt;
  }

  return {
    /** Posts until `end` (performance.now()) and returns how many ms each message waited for its RECEIPT. */
    async postUntil(end: number): Promise<number[]> {
      const waits: number[] = [];
      for (let sent = performance.now(); sent < end; sent = performance.now()) {
        await post("오늘 점심은 무엇을 먹을까요? 비가 오니 칼국수도 좋겠습니다.");
        waits.push(performance.now() - sent);
      }
      return waits;
    },
    close: () => socket.close(),
  };
}
