import { over } from "./over-each.ts";
import { keepRelay } from "./relay.ts";

over("activemq", keepRelay);
