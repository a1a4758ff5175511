import type { Explanation } from "./catalogue/explanation.ts";
import { clock, frame, signature } from "./catalogue/frame.ts";
import { live } from "./catalogue/live.ts";
import { name, parameters } from "./catalogue/name.ts";
import { pasted } from "./catalogue/pasted.ts";
import { policy } from "./catalogue/policy.ts";
import { records } from "./catalogue/records.ts";
import { surroundings } from "./catalogue/surroundings.ts";

export type { Explanation } from "./catalogue/explanation.ts";

/** Every finding explained, in the order of findings/ids.ts. */
export const catalogue: readonly Explanation[] = [
  ...pasted,
  ...name,
  ...parameters,
  ...frame,
  ...clock,
  ...signature,
  ...live,
  ...surroundings,
  ...records,
  ...policy,
];
