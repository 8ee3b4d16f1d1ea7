import type { Catalog } from "../en.ts";

export const common: Catalog["common"] = {};
