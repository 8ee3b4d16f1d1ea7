import { expect, type Locator, type Page } from "@playwright/test";
import type { Catalog } from "#lib/i18n/en.ts";

/** The room screen by its stable hooks (experience.md): what a person sees and does there. */
export class RoomPage {
  readonly page: Page;
  readonly composer: Locator;
  readonly messages: Locator;
  readonly connection: Locator;

  constructor(page: Page) {
    this.page = page;
    this.composer = page.getByTestId("composer");
    this.messages = page.getByTestId("message");
    this.connection = page.getByTestId("connection");
  }

  /** Opens a room and waits until it is live. */
  async enter(room: string): Promise<void> {
    await this.page.goto(`/rooms/${room}`);
    await this.live();
  }

  async live(): Promise<void> {
    await expect(this.connection).toHaveAttribute("data-state", "online", { timeout: 30_000 });
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  message(text: string): Locator {
    return this.messages.filter({ hasText: text });
  }

  /** Sees this text, stored by the server. */
  async sees(text: string): Promise<void> {
    await expect(this.message(text)).toHaveAttribute("data-state", "posted");
  }

  /** Opens the people panel, which stands open by itself only on wide screens. */
  async people(words: Catalog): Promise<Locator> {
    const panel = this.page.getByRole("complementary", { name: words.chat.people.title });
    if (!(await panel.isVisible())) {
      await this.page.getByRole("button", { name: words.chat.room.people, exact: true }).click();
    }
    await expect(panel).toBeVisible();
    return panel;
  }

  link(room: string): Locator {
    return this.page.locator(`[data-testid="room-link"][data-room-id="${room}"]`);
  }
}
