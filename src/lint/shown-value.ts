import { shown } from "../errors.ts";
import { isShowable } from "../token/showable.ts";

/** A value as it is named in a finding; what may hold a secret, for a lost & joins two parameters, is only counted. */
export function shownValue(value: string, parameter = ""): string {
  return isShowable(value, parameter) ? shown(value) : `something of ${value.length} characters (not shown)`;
}
