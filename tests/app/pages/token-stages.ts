/** Stages in which $TOKEN holds a token, and token.txt as well: one that is fine, or one with a mistake. */
import { type Changes, signed } from "../../judge/sample.ts";
import { put } from "../asking.ts";
import { type Stage, withoutServers } from "./stage.ts";

const endpoint = "master.my-cache.abc123.use1.cache.amazonaws.com";

export const tokenStages: Readonly<Record<string, Stage>> = {
  token: holding("a token of my-user for my-cache in us-east-1", {}),
  "name-is-endpoint": holding("a token for which the endpoint was signed as the host", { name: endpoint }),
};

function holding(about: string, changes: Changes): Stage {
  return withoutServers(about, async (home) => {
    const token = await signed({ at: new Date(), ...changes });
    put(home, { "token.txt": token });
    return { env: { TOKEN: token } };
  });
}
