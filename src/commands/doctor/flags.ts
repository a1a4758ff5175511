import { type Call, type Flags, inGroup } from "../command.ts";
import { connectionFlags, probeFlags } from "../connection-flags.ts";

export const doctorFlags = {
  ...probeFlags,
  ...inGroup("Connection", connectionFlags),
  offline: { takes: "switch", about: "ask AWS nothing: only token, network and login" },
  report: { takes: "text", value: "FILE", about: "write the whole as Markdown for a ticket, without secrets, to FILE" },
  permissions: {
    takes: "switch",
    about: "only print the IAM policy that lets doctor read all of AWS's records that it looks at",
  },
} as const satisfies Flags;

export type DoctorCall = Call<typeof doctorFlags>;
