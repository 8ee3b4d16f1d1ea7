import { over } from "./over-each.ts";
import { keepTogether } from "./two-servers.ts";

over("kafka", keepTogether);
