import { type Call, type Flags, inGroup } from "../command.ts";
import { connectionFlags, probeFlags } from "../connection-flags.ts";

export const doctorFlags = {
  ...probeFlags,
  ...inGroup("Connection", connectionFlags),
  offline: { takes: "switch", about: "ask AWS nothing: the token, the way and the login alone" },
  report: { takes: "text", value: "FILE", about: "write the whole as Markdown for a ticket, without secrets, to FILE" },
  permissions: {
    takes: "switch",
    about: "print the policy that lets doctor look at all that it looks at, and do nothing else",
  },
} as const satisfies Flags;

export type DoctorCall = Call<typeof doctorFlags>;
