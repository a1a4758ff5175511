import { array, bulk, integer, map, type RespValue } from "../resp/value.ts";
import type { ConnectionFacts, ServerFacts } from "./data/server-facts.ts";

/** What HELLO answers, in the order of redis-server 7. */
export function helloReply(server: ServerFacts, connection: ConnectionFacts): RespValue {
  return map([
    [bulk("server"), bulk("redis")],
    [bulk("version"), bulk(server.version)],
    [bulk("proto"), integer(connection.resp())],
    [bulk("id"), integer(connection.id)],
    [bulk("mode"), bulk(server.cluster ? "cluster" : "standalone")],
    [bulk("role"), bulk("master")],
    [bulk("modules"), array([])],
  ]);
}

/**
 * As redis-server 7.2 and Valkey have it; 7.0 leaves `<proto>` out.
 */
export const helloBeforeLogin =
  "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time";
export const noAuth = "NOAUTH Authentication required.";
