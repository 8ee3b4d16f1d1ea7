import { type CDPSession, expect } from "@playwright/test";
import { type Guest, test } from "#tests/support/people.ts";
import { lobby } from "#tests/support/place.ts";

/** Chromium's own input method events, by the DevTools protocol: each step is what the person sees underlined. */
const SYLLABLES = ["ㅎ", "하", "한"];

test("the Enter that ends a Hangul syllable sends once, with the syllable whole and the composer empty", async ({
  server,
  mina,
  jun,
}) => {
  const room = await lobby(server, mina);
  await Promise.all([mina.room.enter(room.id), jun.room.enter(room.id)]);
  const ime = await inputMethod(mina);

  await ime.type("오늘 ");
  await ime.compose(SYLLABLES);
  await ime.enterWhileComposing("한");

  await jun.room.sees("오늘 한");
  await onlyMessage(mina, "오늘 한");
  await onlyMessage(jun, "오늘 한");
});

test("platforms that send a second, clean Enter after a Hangul syllable send once all the same", async ({
  server,
  mina,
}) => {
  await mina.room.enter((await lobby(server, mina)).id);
  const ime = await inputMethod(mina);

  await ime.type("두 번째 ");
  await ime.compose(SYLLABLES);
  await ime.enterWhileComposing("한", { cleanEnter: true });

  await mina.room.sees("두 번째 한");
  await onlyMessage(mina, "두 번째 한");
});

for (const [script, steps, chosen] of [
  ["Kana", ["n", "に", "にh", "にほ", "にほん"], "日本"],
  ["Han", ["n", "ni", "nih", "nihao"], "你好"],
  ["Hanja", ["ㅎ", "하", "한"], "韓"],
] as const) {
  test(`the Enter that chooses a candidate (${script}) does not send; the next one does`, async ({ server, mina }) => {
    await mina.room.enter((await lobby(server, mina)).id);
    const ime = await inputMethod(mina);

    await ime.compose([...steps, chosen]);
    await ime.enterWhileComposing(chosen);
    await expect(mina.room.composer).toHaveValue(chosen);
    await expect(mina.room.message(chosen)).toHaveCount(0);

    await mina.room.composer.press("Enter");
    await mina.room.sees(chosen);
    await onlyMessage(mina, chosen);
  });
}

test("the Send button in the middle of a syllable sends it whole", async ({ server, mina }) => {
  await mina.room.enter((await lobby(server, mina)).id);
  const ime = await inputMethod(mina);

  await ime.type("보내기 ");
  await ime.compose(SYLLABLES);
  await mina.room.page.getByTestId("send").click();

  await mina.room.sees("보내기 한");
  await onlyMessage(mina, "보내기 한");
});

/** Sent exactly once, and nothing of it is left in the composer, now and after the browser has had a moment. */
async function onlyMessage(guest: Guest, text: string): Promise<void> {
  await expect(guest.room.composer).toHaveValue("");
  // Two frames: a late syllable would have come by then.
  await guest.room.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(guest.room.composer).toHaveValue("");
  await expect(guest.room.message(text)).toHaveCount(1);
}

async function inputMethod(guest: Guest) {
  const cdp = await guest.context.newCDPSession(guest.room.page);
  await guest.room.composer.focus();
  return {
    type: (text: string) => guest.room.page.keyboard.insertText(text),
    compose: async (steps: readonly string[]) => {
      for (const text of steps) {
        await key(cdp, "rawKeyDown", 229);
        await cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
        await key(cdp, "keyUp", 65);
      }
    },
    /** keydown 229, the end of the composition, on some platforms a clean Enter as well, keyup: one press of the finger. */
    enterWhileComposing: async (committed: string, { cleanEnter = false } = {}) => {
      await key(cdp, "rawKeyDown", 229, "Enter");
      await cdp.send("Input.insertText", { text: committed });
      if (cleanEnter) await key(cdp, "keyDown", 13, "Enter");
      await key(cdp, "keyUp", 13, "Enter");
    },
  };
}

async function key(cdp: CDPSession, type: "rawKeyDown" | "keyDown" | "keyUp", keyCode: number, code = "KeyA") {
  const name = keyCode === 229 ? "Process" : code === "Enter" ? "Enter" : "a";
  const text = type === "keyDown" && code === "Enter" ? "\r" : undefined;
  await cdp.send("Input.dispatchKeyEvent", { type, windowsVirtualKeyCode: keyCode, key: name, code, text });
}
