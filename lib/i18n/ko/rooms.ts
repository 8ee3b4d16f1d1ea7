import type { Catalog } from "../en.ts";

export const rooms: Catalog["rooms"] = {};
