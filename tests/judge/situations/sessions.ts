import type { Situation } from "../situations.ts";
import { key, refused, warned } from "./make.ts";

export const sessionSituations: readonly Situation[] = [
  {
    name: "the key is switched off",
    change: key({ active: false }),
    only: "login",
    cause: refused("access-key-inactive", /switch this one on again/),
  },
  {
    name: "the credentials have ended",
    change: key({ expiresAt: new Date("2025-01-31T12:00:10Z") }),
    only: "login",
    cause: refused("credentials-expired", /Get new credentials/),
  },
  {
    name: "the credentials end before the token",
    change: key({ expiresAt: new Date("2025-01-31T12:05:00Z") }),
    only: "login",
    cause: warned("credentials-end-early", /Refresh the credentials some time before they end/, "certain"),
  },
];
