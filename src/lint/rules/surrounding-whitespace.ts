import { layerRule } from "../layer-rule.ts";

export const surroundingWhitespace = layerRule("surrounding-whitespace", ({ what }) => ({
  message: `There ${/endings|spaces|bytes/.test(what) ? "are" : "is"} ${what}, which a program would send as part of the password.`,
  fix: "Trim it before it is sent; a file is written without a line ending by `cacheauth token ENDPOINT -u USER --output FILE`.",
}));
