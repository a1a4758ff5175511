import type { Layer } from "../token/pasted/layer.ts";
import type { Found, Rule } from "./rule.ts";

/** A rule about something that was taken off on the way to the token: one finding, for the outermost layer of its kind. */
export function layerRule(id: Layer["rule"], found: (layer: Layer) => Found): Rule {
  return {
    id,
    check: ({ pasted }) =>
      pasted.layers
        .filter((layer) => layer.rule === id)
        .slice(0, 1)
        .map(found),
  };
}
