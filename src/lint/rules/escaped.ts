import { layerRule } from "../layer-rule.ts";

export const escaped = layerRule("escaped", ({ what }) => ({
  message: `The whole token is escaped as ${what}, and is judged here as it reads without that.`,
  fix: "Undo the escape before it is sent: take the value from the format's own reader (jq -r, a JSON or HTML parser, a URL decoder).",
}));
