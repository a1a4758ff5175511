import { bulk, integer, nothing, type RespValue, simple } from "../../../resp/value.ts";
import { lowerCase, toByteString } from "../byte-string.ts";
import { type Command, type Run, type SessionState, word } from "../command.ts";
import { notBuiltIn, Refused, syntaxError } from "../refused.ts";
import type { ConnectionFacts } from "../server-facts.ts";
import { verbatim } from "../verbatim.ts";

/** A name of which every character can be seen, as it is shown in lists. Throws Refused with the server's words. */
function clientName(name: Uint8Array, what: string = "Client names"): string {
  const text = toByteString(name);
  if (!/^[!-~]*$/.test(text)) throw new Refused(`ERR ${what} cannot contain spaces, newlines or special characters.`);
  if (text.length > longestName) throw new Refused(`ERR ${what} of over ${longestName} bytes are not kept here.`);
  return text;
}

const longestName = 1_024;

const setname: Run = (words, { connection }) => {
  connection.name = clientName(word(words, 2));
  return simple("OK");
};

/** Of Redis 7.2 and Valkey, and sent by every recent client. */
const setinfo: Run = (words, { connection }) => {
  const option = lowerCase(word(words, 2));
  const value = word(words, 3);
  if (option === "lib-name") connection.libraryName = clientName(value, "lib-name");
  else if (option === "lib-ver") connection.libraryVersion = clientName(value, "lib-ver");
  else
    throw new Refused(
      `ERR Unrecognized option '${toByteString(word(words, 2).subarray(0, 128)).replace(/[\r\n]/g, " ")}'`,
    );
  return simple("OK");
};

const getname: Run = (_, { connection }) => (connection.name ? bulk(connection.name) : nothing);

const info: Run = (_, session) => {
  const { subscriptions, transaction, connection, keyspaceNumber } = session;
  return verbatim(
    `${lineOf(connection, session)} db=${keyspaceNumber} sub=${subscriptions.count("channel")} psub=${subscriptions.count("pattern")} ssub=${subscriptions.count("shard")} multi=${transaction.isOpen ? transaction.queue.length : -1} cmd=client|info\n`,
  );
};

const list: Run = (words, session) => {
  if (words.length > 2)
    throw new Refused(notBuiltIn(`CLIENT LIST ${lowerCase(word(words, 2)) === "id" ? "ID" : "TYPE"}`));
  return verbatim([...session.server.connections()].map((one) => `${lineOf(one, session)}\n`).join(""));
};

function lineOf(connection: ConnectionFacts, { store }: SessionState): string {
  const age = Math.max(0, Math.floor((store.nowMs() - connection.connectedAtMs) / 1000));
  const { id, address, localAddress, name, libraryName, libraryVersion } = connection;
  return `id=${id} addr=${address} laddr=${localAddress} name=${name} age=${age} user=${connection.user()} resp=${connection.resp()} lib-name=${libraryName} lib-ver=${libraryVersion}`;
}

/** Nothing is evicted here, and no key has an age by its use. */
const onOrOff: Run = (words): RespValue => {
  if (!["on", "off"].includes(lowerCase(word(words, 2)))) throw new Refused(syntaxError);
  return simple("OK");
};

const usual = "noscript loading stale";
const admin = "admin noscript loading stale";

function subcommand(name: string, arity: number, flags: string, run: Run, tips?: string): Command {
  return { name: `client|${name}`, arity, flags, categories: "connection", run, ...(tips && { tips }) };
}

export const client: Command = {
  name: "client",
  arity: -2,
  flags: "",
  categories: "",
  subcommands: [
    subcommand("id", 2, usual, (_, { connection }) => integer(connection.id)),
    subcommand("getname", 2, usual, getname),
    subcommand("setname", 3, usual, setname),
    subcommand("setinfo", 4, usual, setinfo),
    subcommand("info", 2, usual, info, "nondeterministic_output"),
    subcommand("list", -2, admin, list, "nondeterministic_output"),
    subcommand("getredir", 2, usual, () => integer(-1)),
    subcommand("no-evict", 3, admin, onOrOff),
    subcommand("no-touch", 3, usual, onOrOff),
  ],
};
