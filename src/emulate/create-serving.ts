import { type Permissions, readAccessString } from "../judge/access-string.ts";
import type { World } from "../judge/world.ts";
import { optionNaming } from "../naming.ts";
import type { Hash } from "../runtime.ts";
import { isShowable } from "../token/showable.ts";
import { formatTime } from "../token/time.ts";
import { createBudget } from "./budget.ts";
import { letsInAll } from "./compose-world.ts";
import { createHub } from "./data/hub.ts";
import type { EmulatorEvents, EmulatorOptions } from "./emulator.ts";
import { silentClientNotice } from "./failed-handshakes.ts";
import { createThrottle } from "./faults.ts";
import { openUser, wrongPass } from "./gate.ts";
import { createJudging } from "./judging.ts";
import { type EmulatorPorts, type Serving, usualLimits } from "./serving.ts";
import { createUnasked } from "./unasked.ts";

/** What the connections of an emulator share, out of what was asked for. */
export function createServing(
  options: EmulatorOptions,
  ports: EmulatorPorts,
  hash: Hash,
  events: EmulatorEvents,
): Serving {
  const { world, faults, lifetimeMs, limits = usualLimits, caFile, upstream, naming = optionNaming } = options;
  let connections = 0;
  const time = () => formatTime(ports.now());
  const decided: Serving["decided"] = ({ on, connection, user, ...rest }) =>
    events.decided({ time: time(), connection, node: on.address(), user: nameOf(user, world), ...rest });
  const notice: Serving["notice"] = (code, message, connection) =>
    events.notice({ time: time(), connection, code, message });
  const permissions = permissionsOf(world);
  const rules = {
    ports,
    faults,
    naming,
    lifetimeMs,
    throttled: createThrottle(faults.throttledShare),
    judge: createJudging(world, hash, ports),
    ...defaultUserOf(world),
  };
  return {
    ...{ ports, rules, upstream, naming, limits, decided, notice },
    permissionsOf: (user) => (user === null ? null : (permissions.get(user) ?? null)),
    hub: createHub(),
    closers: new Set(),
    nextId: () => {
      connections += 1;
      return connections;
    },
    unasked: createUnasked(
      createBudget(10, 0.2, ports.elapsedMs),
      createBudget(1, 0.2, ports.elapsedMs),
      options.tls && silentClientNotice({ caFile, naming }),
      {
        ...{ decided, notice },
      },
    ),
  };
}

/** What each user may do, by its name, where there is an access string. */
function permissionsOf({ users }: World): ReadonlyMap<string, readonly Permissions[]> {
  return new Map(
    users.flatMap(({ name, access }) => {
      const read = access === undefined ? null : readAccessString(access).access;
      return read ? [[name, read.permissions] as const] : [];
    }),
  );
}

/** Every cache has a user named default, which IAM does not know: whether it lets in is the world's affair. */
function defaultUserOf({ users }: World): { openToAll: boolean; passwordAloneReply: string } {
  const user = users.find(({ name }) => name === openUser);
  return {
    openToAll: user !== undefined && letsInAll(user),
    // As the server words it for a default user that no password is kept of, on or off.
    passwordAloneReply:
      user === undefined || user.authentication === "no-password"
        ? "ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?"
        : wrongPass,
  };
}

/** What was sent as the user may be the token: then nobody was named. */
function nameOf(user: string | null, { users }: World): string | null {
  return user !== null && (users.some(({ name }) => name === user) || isShowable(user)) ? user : null;
}
