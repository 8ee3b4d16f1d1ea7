import { z } from "zod";

export interface Invite {
  code: string;
  createdAt: string;
  /** null: never. */
  expiresAt: string | null;
  /** null: any number. */
  maxUses: number | null;
  uses: number;
}

/** Body of `POST /api/invites`. Hours until it expires and how often it can be used; null means without end. */
export const createInviteBody = z.strictObject({
  expiresInHours: z
    .int()
    .positive()
    .max(24 * 365)
    .nullable()
    .default(24 * 7),
  maxUses: z.int().positive().max(100_000).nullable().default(null),
});
export type CreateInvite = z.input<typeof createInviteBody>;
