import { makeFinding } from "../../findings/make-finding.ts";
import { inWords } from "../../token/duration.ts";
import { failed, type Outcome, ok, type PlannedStep } from "../../walk/step.ts";
import { couldNotLook, offline, unknown } from "../could-not-look.ts";
import type { Examination } from "../examination.ts";
import type { DoctorRequest } from "../request.ts";

/** How far AWS's clock is ahead of this machine's, by the Date of its answers. */
export function clockStep({ recordsOf }: DoctorRequest, examination: Examination): PlannedStep {
  return {
    name: "clock",
    needs: [],
    run: async () => {
      if (recordsOf === null) return unknown(offline);
      const skewMs = examination.records?.skewMs() ?? null;
      return skewMs === null ? unknown(noAnswer) : outcomeOf(skewMs);
    },
  };
}

const noAnswer = couldNotLook(
  "AWS gave no answer, whose Date would tell how this machine's clock stands.",
  "Compare it with another machine's: date -u.",
);

/** The header has whole seconds, and an answer takes time: less tells nothing. */
const leastMs = 5_000;
/** AWS takes a request that is dated at most so far ahead (SigV4: the date must be within five minutes). */
const mostAheadMs = 300_000;
/** A token lives as long: by a clock that is so far behind it is over when it is made. */
const mostBehindMs = 900_000;

function outcomeOf(skewMs: number): Outcome {
  const detail = { skewMs };
  const isBehind = skewMs > 0;
  const offMs = Math.abs(skewMs);
  if (offMs < leastMs) return ok(detail);
  const refuses = offMs > (isBehind ? mostBehindMs : mostAheadMs);
  const is = `This machine's clock is ${inWords(Math.round(offMs / 1_000))} ${isBehind ? "behind" : "ahead of"} AWS's`;
  const what = isBehind
    ? refuses
      ? "a token is over when it is made"
      : "a token lives so much shorter"
    : refuses
      ? "a token is dated in the future, and refused"
      : "a token may be refused in its first moments";
  const finding = makeFinding("clock-skew", {
    severity: refuses ? "error" : "warning",
    likelihood: refuses ? "certain" : "possible",
    message: `${is}: ${what}.`,
    fix: "Set the clock by NTP; in a container it is the host's.",
  });
  return refuses ? failed([finding], detail) : ok(detail, [finding]);
}
