import { z } from "zod";
import { line } from "./line.ts";

export const SCOPES = ["read", "post", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** An access token as it is listed: the secret itself is shown once, when it is made. */
export interface AccessToken {
  id: string;
  name: string;
  user: string;
  scopes: Scope[];
  /** null: every room its owner may enter. */
  rooms: string[] | null;
  createdAt: string;
  expiresAt: string | null;
}

export const createTokenBody = z.strictObject({
  name: line(60),
  scopes: z.array(z.enum(SCOPES)).min(1),
  rooms: z.array(z.string()).nullable().default(null),
  expiresInDays: z.int().positive().max(3650).nullable().default(null),
});
export type CreateToken = z.input<typeof createTokenBody>;
