import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import type { Login } from "../judge/world.ts";
import type { Naming } from "../naming.ts";
import { encode } from "../resp/encode.ts";
import { error } from "../resp/value.ts";
import type { Host } from "../runtime.ts";
import type { FaultKind, Faults } from "./faults.ts";

/** What all gates of an emulator share. */
export interface GateRules {
  readonly ports: Pick<Host, "after" | "random">;
  readonly faults: Faults;
  readonly naming: Naming;
  /** Whether this login is one of the throttled share. */
  throttled(): boolean;
  /** Judges a login now. */
  judge(login: Login): { readonly accepted: boolean; readonly findings: readonly Finding[] };
  /** How long a connection lives after its last good login. */
  readonly lifetimeMs: number;
  /** Whether the user named default is on and needs no password: then whoever connects is that user. */
  readonly openToAll: boolean;
  /** What AUTH with a password alone gets. */
  readonly passwordAloneReply: string;
}

/** Who one connection is, and for how long: the same before the built-in data and before an upstream. */
export interface Gate {
  /** Null before the login. */
  readonly user: string | null;
  login(login: Login): Promise<LoginAnswer>;
  /** RESET: the login is dropped. */
  leave(): void;
  /** The connection is gone: no timer is left, and no one waits. */
  close(): void;
}

export type LoginAnswer =
  | { readonly accepted: true /** After it is told so. */; readonly hangUp: boolean }
  /** Bytes that are sent as they are. */
  | { readonly accepted: false; readonly reply: Uint8Array };

export interface GateEvents {
  /** Of several faults the one that changes the most is told. */
  decided(login: Login, accepted: boolean, findings: readonly Finding[], fault: FaultKind | null): void;
  /** The connection has lived its time. */
  expired(): void;
}

/** One message for a wrong token, a user that is not there and one that is off: so AWS, and every server, says it. */
export const wrongPass = "WRONGPASS invalid username-password pair or user is disabled.";

export const openUser = "default";

export function createGate(rules: GateRules, events: GateEvents): Gate {
  const { ports, faults } = rules;
  let user = rules.openToAll ? openUser : null;
  let cancelExpiry = () => {};
  let wake = () => {};
  let closed = false;

  function delayed(): Promise<void> {
    if (faults.delayMs === 0 || closed) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = ports.after(faults.delayMs, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  }

  /** What the service before the judgement says, if it says anything. */
  function serviceFault() {
    if (faults.unavailable !== null) {
      const reply = unavailableReplies[faults.unavailable];
      return { kind: "unavailable", reply, finding: ordered("iam-unavailable", "unavailable", rules.naming) } as const;
    }
    if (!rules.throttled()) return null;
    return {
      kind: "throttle",
      reply: "ERR Exceeded limit of IAM Authentication requests",
      finding: ordered("iam-throttled", "throttle", rules.naming),
    } as const;
  }

  /** What a login meets that is judged. */
  function loginFault(accepted: boolean): FaultKind | null {
    if (faults.garbage) return "garbage";
    if (faults.dropAfterAuth && accepted) return "drop-after-auth";
    return faults.delayMs > 0 ? "slow" : null;
  }

  return {
    get user() {
      return user;
    },
    async login(login) {
      const fault = serviceFault();
      if (fault) {
        events.decided(login, false, [fault.finding], fault.kind);
        await delayed();
        return { accepted: false, reply: encode(error(fault.reply)) };
      }
      const { accepted, findings } = rules.judge(login);
      events.decided(login, accepted, findings, loginFault(accepted));
      await delayed();
      if (faults.garbage) return { accepted: false, reply: garbage(ports.random(48)) };
      if (!accepted) {
        return { accepted, reply: encode(error(login.user === null ? rules.passwordAloneReply : wrongPass)) };
      }
      user = login.user;
      cancelExpiry();
      if (!closed) cancelExpiry = ports.after(rules.lifetimeMs, events.expired);
      return { accepted, hangUp: faults.dropAfterAuth };
    },
    leave() {
      cancelExpiry();
      user = rules.openToAll ? openUser : null;
    },
    close() {
      closed = true;
      cancelExpiry();
      wake();
    },
  };
}

/** The two errors of a service that does not answer, as AWS documents them. */
const unavailableReplies = {
  iam: "ERR IAM Authentication service is not available",
  service: "ERR service is not available",
};

function ordered(rule: "iam-throttled" | "iam-unavailable", fault: string, naming: Naming): Finding {
  return makeFinding(rule, {
    message: `The login was not judged: ${naming.option("fault", fault)} asks for this error.`,
    fix: "Let the program wait and try again with growing pauses; start the emulator without the fault to have logins judged.",
  });
}

/** A line that begins like no reply does. */
function garbage(random: Uint8Array): Uint8Array {
  const bytes = random.map((byte) => byte | 0x80);
  return Uint8Array.from([...bytes, 13, 10]);
}
