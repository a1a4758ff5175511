import { layerRule } from "../layer-rule.ts";

export const urlUnescaped = layerRule("url-unescaped", ({ what }) => ({
  message: `The token stands in a ${what} URL unescaped: its / and ? end the user info, and its %2F are decoded once too often.`,
  fix: "Percent-encode it as a whole before it goes into the URL (encodeURIComponent, urllib.parse.quote(token, safe='')), or hand it over as the password option.",
}));
