import { layerRule } from "../layer-rule.ts";

export const quoted = layerRule("quoted", ({ what }) => ({
  message:
    `There ${what.startsWith("quotes") ? "are" : "is"} ${what}, and they are sent as part of the password.`.replace(
      /a quote (before|after) it, and they are/,
      "a quote $1 it, and it is",
    ),
  fix: "Take the quotes away: an env file, docker --env-file and a jq without -r keep them.",
}));
