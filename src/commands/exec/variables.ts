/** The environment that a command gets: ours, the login, what --env asks for; without credentials where --clean-env says so. */
import { connectionUrl } from "../../client/connection-url.ts";
import { type Login, loginVariables } from "../../client/login-variables.ts";
import { CacheauthError, shown } from "../../errors.ts";
import type { Host } from "../../runtime.ts";

const whats = ["token", "user", "host", "port", "url"] as const;
type What = (typeof whats)[number];

/** One of --env. */
export interface Wanted {
  readonly name: string;
  readonly what: What;
}

/** Reads `NAME=WHAT`, each as often as it is given. */
export function readWanted(texts: readonly string[]): readonly Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const text of texts) {
    const one = readOne(text);
    if ((wanted.get(one.name) ?? one).what !== one.what) {
      throw new CacheauthError("flag-conflict", `--env gives ${one.name} two values.`, "Keep one of them.");
    }
    wanted.set(one.name, one);
  }
  return [...wanted.values()];
}

/** A name that a shell can read; others would be there and not be found. */
export function checkVariable(flag: string, name: string): void {
  if (/^[A-Za-z_]\w{0,99}$/.test(name)) return;
  throw new CacheauthError(
    "flag-value-invalid",
    `${flag} ${shown(name)}: that is no name of a variable.`,
    "A name has letters, digits and underscores, and begins with no digit.",
  );
}

export function environment(
  env: Host["env"],
  login: Login,
  { wanted, isClean }: { readonly wanted: readonly Wanted[]; readonly isClean: boolean },
): Host["env"] {
  const kept = isClean ? Object.fromEntries(Object.entries(env).filter(([name]) => !isOfCredentials(name))) : env;
  return {
    ...kept,
    ...loginVariables(login),
    ...Object.fromEntries(wanted.map(({ name, what }) => [name, contentOf(what, login)])),
  };
}

/** What --env asks for that only an endpoint tells. */
export function needsEndpoint(wanted: readonly Wanted[]): Wanted | undefined {
  return wanted.find(({ what }) => what === "host" || what === "port" || what === "url");
}

/**
 * Keys, profiles, files of them, roles, web identities, and where a container or a machine gives some. By what the names are
 * made of, so that one that comes up later is caught too; what says where and how AWS is asked (AWS_REGION, AWS_CA_BUNDLE,
 * AWS_ENDPOINT_URL) stays.
 */
export function isOfCredentials(name: string): boolean {
  return /^AWS_(?:.*(?:KEY|SECRET|TOKEN|CREDENTIAL|PROFILE|ROLE|IDENTITY|SSO|MFA|VAULT|AUTHORIZATION).*|CONFIG_FILE|EC2_METADATA_SERVICE_ENDPOINT(?:_MODE)?)$/i.test(
    name,
  );
}

function readOne(text: string): Wanted {
  const [, name = "", value = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const what = whats.find((one) => one === value);
  if (what === undefined) {
    throw new CacheauthError(
      "flag-value-invalid",
      text.includes("=") ? `--env ${shown(name)}: what it shall hold is unknown.` : "--env is not NAME=WHAT.",
      "Write --env NAME=token, or user, host, port or url.",
    );
  }
  checkVariable("--env", name);
  return { name, what };
}

function contentOf(what: What, { token, user, endpoint }: Login): string {
  if (what === "token") return token;
  if (what === "user" || endpoint === null) return user;
  if (what === "host") return endpoint.host;
  return what === "port" ? String(endpoint.port) : connectionUrl(endpoint.host, endpoint.port, user, token);
}
