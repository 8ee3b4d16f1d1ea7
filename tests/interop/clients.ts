import type { Client } from "./client.ts";
import { rxStomp } from "./clients/rx-stomp.ts";
import { scripted } from "./clients/script.ts";
import { stompitClient } from "./clients/stompit.ts";
import { stompjs } from "./clients/stompjs.ts";
import { webstompClient } from "./clients/webstomp.ts";

/** The libraries that have to work with the endpoint as they are. */
export const CLIENTS: readonly Client[] = [stompjs, rxStomp, webstompClient, stompitClient, ...scripted()];
