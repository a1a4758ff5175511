/** A program that waits for a token and has nothing else to do: its first two tries fail. What follows the token keeps nobody. */
import { keepAuthenticated, tokenProvider } from "../../src/index.ts";

let tries = 0;
const provider = tokenProvider({
  target: { kind: "replication-group", name: "my-cache" },
  region: "us-east-1",
  user: "my-user",
  credentials() {
    tries += 1;
    if (tries < 3) throw new Error("no credentials yet");
    return { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };
  },
});
const token = await provider();
keepAuthenticated({ authenticate: async () => {} }, provider);
console.log(`${token.slice(0, 9)} ${tries}`);
