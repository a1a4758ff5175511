/** Signs 300,000 tokens, with new credentials every 1,000, and prints the megabytes of heap in use after each 10,000. */
import { createToken } from "../../src/index.ts";

const megabytes: number[] = [];
for (let count = 1; count <= 300_000; count += 1) {
  const key = Math.floor(count / 1_000);
  const credentials = {
    accessKeyId: "ASIAIOSFODNN7EXAMPLE",
    secretAccessKey: `secret${key}`,
    sessionToken: `token${key}`,
  };
  await createToken({ target: "master.c.abc123.use1.cache.amazonaws.com", user: "u", credentials });
  if (count % 10_000 === 0) megabytes.push(Math.round(process.memoryUsage().heapUsed / 1e6));
}
console.log(JSON.stringify(megabytes));
