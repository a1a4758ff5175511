import { layerRule } from "../layer-rule.ts";

export const unwrapped = layerRule("unwrapped", ({ what }) => ({
  message: `The token was taken out of ${what}, and is judged as such.`,
  fix: "Nothing to do, if that is where it belongs.",
}));
