import { layerRule } from "../layer-rule.ts";

export const embeddedWhitespace = layerRule("embedded-whitespace", ({ what }) => ({
  message: `There ${/^\d|characters/.test(what) ? "are" : "is"} ${what}; a token is one line without white space.`,
  fix: "Join it again: something wrapped or padded it, such as a terminal, a mail, or base64 -w.",
}));
