import { layerRule } from "../layer-rule.ts";

export const schemePrefix = layerRule("scheme-prefix", ({ what }) => ({
  likelihood: "likely",
  message: `The token begins with ${what}, which is no part of it.`,
  fix: "Take the scheme off the presigned URL: the token begins with the cache's name.",
}));
