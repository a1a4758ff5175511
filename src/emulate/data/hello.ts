import { array, bulk, integer, map, type RespValue } from "../../resp/value.ts";
import type { ConnectionFacts, ServerFacts } from "./server-facts.ts";

/** What HELLO answers, in the version of RESP that it was asked for. */
export function helloReply(server: ServerFacts, connection: ConnectionFacts, version: 2 | 3): RespValue {
  return map([
    [bulk("server"), bulk("redis")],
    [bulk("version"), bulk(server.version)],
    [bulk("proto"), integer(version)],
    [bulk("id"), integer(connection.id)],
    [bulk("mode"), bulk(server.cluster ? "cluster" : "standalone")],
    [bulk("role"), bulk("master")],
    [bulk("modules"), array([])],
  ]);
}
