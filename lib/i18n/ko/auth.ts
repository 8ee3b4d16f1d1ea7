import type { Catalog } from "../en.ts";

export const auth: Catalog["auth"] = {};
