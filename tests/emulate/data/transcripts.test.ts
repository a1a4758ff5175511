import { test } from "node:test";
import { assertSame } from "./compare.ts";
import { createLocal } from "./local.ts";
import { readTranscripts } from "./transcript.ts";

for (const [file, transcripts] of readTranscripts()) {
  test(`data: as redis-server 7.0.15 answered: ${file}`, () => {
    for (const { name, steps } of transcripts) {
      for (const version of [2, 3] as const) {
        const local = createLocal({ resp: version, nodes: file.startsWith("cluster") ? 3 : 0 });
        const clients = new Set(steps.map(({ client }) => client));
        for (const step of steps) {
          local.send(step.client, step.words);
          for (const client of clients) {
            assertSame(
              local.take(client),
              step.got[version].get(client) ?? "",
              step,
              `${name}, RESP${version}, client ${client}`,
            );
          }
        }
      }
    }
  });
}
