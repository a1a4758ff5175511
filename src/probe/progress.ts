import type { LintResult } from "../lint/lint.ts";
import type { Connection, IpAddress, Peer } from "../runtime.ts";
import type { Conversation } from "./conversation.ts";
import type { HelloFacts } from "./hello.ts";
import type { FoundCredentials } from "./request.ts";
import type { ClusterNode } from "./slots.ts";

/** What the steps hand on to those after them. Each writes what it learnt, once. */
export interface Progress {
  credentials: FoundCredentials | null;
  /** A token made here is judged only when it is refused. */
  token: { readonly text: string; linted(): Promise<LintResult> } | null;
  addresses: readonly IpAddress[];
  /** The address that answered. */
  address: IpAddress | null;
  connection: Connection | null;
  peer: Peer | null;
  conversation: Conversation | null;
  /** What the login was taken in; null where nobody logged in. */
  resp: 2 | 3 | null;
  /** The access string forbids HELLO. */
  isHelloForbidden: boolean;
  hello: HelloFacts | null;
  /** Of a cluster; empty where it is none. */
  nodes: readonly ClusterNode[];
}

export function noProgress(): Progress {
  return {
    credentials: null,
    token: null,
    addresses: [],
    address: null,
    connection: null,
    peer: null,
    conversation: null,
    resp: null,
    isHelloForbidden: false,
    hello: null,
    nodes: [],
  };
}
