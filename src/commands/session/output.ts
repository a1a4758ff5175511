import * as z from "zod/mini";
import { notices, time } from "../output-parts.ts";

const seconds = z.int().check(z.minimum(0));
const serial = z.nullable(z.string());

/** `session set --json`. */
export const setOutput = z.strictObject({
  profile: z.string(),
  on: z.boolean(),
  serial,
  durationSeconds: seconds,
  /** Of the session that is in use; null where none is that is good. */
  expiresAt: z.nullable(time),
  /** The shadow credentials file. */
  file: z.string(),
  notices,
});

/** `session gen --json`: no secrets. */
export const genOutput = z.strictObject({
  profile: z.string(),
  on: z.boolean(),
  serial: z.string(),
  durationSeconds: seconds,
  madeAt: time,
  expiresAt: time,
  secondsLeft: seconds,
  accessKeyId: z.string(),
  file: z.string(),
  notices,
});

/** `session info --json`. */
export const infoOutput = z.strictObject({
  file: z.string(),
  profiles: z.array(
    z.strictObject({
      name: z.string(),
      on: z.boolean(),
      serial,
      durationSeconds: seconds,
      status: z.enum(["valid", "expired", "none"]),
      madeAt: z.nullable(time),
      expiresAt: z.nullable(time),
      secondsLeft: z.nullable(seconds),
      accessKeyId: z.nullable(z.string()),
    }),
  ),
  notices,
});

/** `session export --json`: the secrets, as without it. */
export const exportOutput = z.strictObject({
  profile: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string(),
  expiresAt: time,
  notices,
});

/** `session process`, with --json and without: what AWS's tools want of a credential_process. */
export const processOutput = z.strictObject({
  Version: z.literal(1),
  AccessKeyId: z.string(),
  SecretAccessKey: z.string(),
  SessionToken: z.string(),
  Expiration: time,
});

const runner = {
  pid: z.int(),
  startedAt: time,
  file: z.string(),
  madeOf: z.string(),
};

/** The first line of `session run --json`, when the shadow file is in step. */
export const runningOutput = z.strictObject({ ...runner, log: z.nullable(z.string()), notices });

/** Every further line. */
export const eventOutput = z.strictObject({
  time,
  event: z.enum(["written", "kept", "ended", "stopped"]),
  /** The profiles whose sessions are in the shadow file; of `ended`, the one whose session has. */
  profiles: z.nullable(z.array(z.string())),
  /** Of `kept`: why the shadow file was left as it is. */
  error: z.nullable(z.strictObject({ code: z.string(), message: z.string(), hint: z.string() })),
});

export const runOutput = z.union([runningOutput, eventOutput]);

/** `session ping --json`. */
export const pingOutput = z.strictObject({
  running: z.boolean(),
  ...{ pid: z.nullable(runner.pid), startedAt: z.nullable(time) },
  ...{ file: z.nullable(z.string()), madeOf: z.nullable(z.string()) },
  notices,
});

/** `session terminate --json`. */
export const terminateOutput = z.strictObject({ terminated: z.boolean(), pid: z.nullable(z.int()), notices });

/** Any of them. */
export const sessionOutput = z.union([
  setOutput,
  genOutput,
  infoOutput,
  exportOutput,
  processOutput,
  runOutput,
  pingOutput,
  terminateOutput,
]);
