/** A program that has nothing to do besides its open provider: it is done, while a refresh and a login are due. */
import { keepAuthenticated, tokenProvider } from "../../src/index.ts";

const provider = tokenProvider({
  target: "master.my-cache.abc123.use1.cache.amazonaws.com:6379",
  user: "my-user",
  credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
});
await provider();
keepAuthenticated({ authenticate: async () => {} }, provider);
console.log(provider.counters().nextAt === null ? "nothing is due" : "done");
