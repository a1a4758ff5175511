import { layerRule } from "../layer-rule.ts";

export const authWithoutUser = layerRule("auth-without-user", ({ what }) => ({
  message: `This is ${what}: it logs in as the user named default, but a token is for the user that it names.`,
  fix: "Send both: AUTH USER TOKEN, or the user name in the client's options.",
}));
