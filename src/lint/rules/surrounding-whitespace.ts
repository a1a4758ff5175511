import { layerRule } from "../layer-rule.ts";

export const surroundingWhitespace = layerRule("surrounding-whitespace", ({ what }) => ({
  message: `There is ${what}, which a program would send as part of the password.`,
  fix: "Trim it before it is sent; in a file, write it without a line ending (printf %s).",
}));
