import { connectionUrl } from "../../client/connection-url.ts";
import { loginVariables } from "../../client/login-variables.ts";
import { CacheauthError, shown } from "../../errors.ts";
import type { Target } from "../../target/kinds.ts";
import type { Token } from "../../token/create-token.ts";

/** A form that a token is written in. */
export interface Format {
  /** What a file has. Programs read raw and url byte for byte: no line ending. */
  file(token: Token): string;
  /** What stdout has. */
  line(token: Token): string;
  /** Refuses a target that cannot be written so. */
  check(target: Target): void;
}

export function readFormat(name: string | undefined): Format {
  switch (name ?? "raw") {
    case "raw":
      return format(({ token }) => token ?? "");
    case "url":
      return format(urlOf, requireEndpoint);
    case "env":
      return { file: lines, line: lines, check: () => {} };
    default:
      throw new CacheauthError(
        "flag-value-invalid",
        `--format ${shown(name ?? "")} is unknown.`,
        "Say raw, env or url.",
      );
  }
}

function format(file: Format["file"], check: Format["check"] = () => {}): Format {
  return { file, check, line: (token) => `${file(token)}\n` };
}

function urlOf({ token, user, target }: Token): string {
  const { host, port } = requireEndpoint(target);
  return connectionUrl(host, port, user, token ?? "");
}

function requireEndpoint({ endpoint }: Target): NonNullable<Target["endpoint"]> {
  if (endpoint !== null) return endpoint;
  throw new CacheauthError(
    "target-missing",
    "A URL says where to connect, and a name alone does not.",
    "Give HOST[:PORT] as the argument as well.",
  );
}

/** For `set -a; . FILE`, systemd's EnvironmentFile and dotenv, all of which take single quotes. */
function lines({ token, user, target: { endpoint } }: Token): string {
  const variables = loginVariables({ token: token ?? "", user, endpoint });
  return Object.entries(variables)
    .map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'\n`)
    .join("");
}
