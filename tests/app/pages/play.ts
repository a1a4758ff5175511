/** A session of a page, carried out on its stages. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { cleanEnv, exampleKeys, type Program } from "../program.ts";
import type { Block } from "./blocks.ts";
import { withHome } from "./home.ts";
import { howToRun } from "./run-mark.ts";
import { type Shell, withShell } from "./shell.ts";
import { isAsShown, written } from "./shown.ts";
import type { Given } from "./stage.ts";
import { allOf } from "./stages.ts";
import { scriptIn, sessionIn, type Typed } from "./typed.ts";

const endpoint = "master.my-cache.abc123.use1.cache.amazonaws.com";

/** Types all of it, and holds what is said against what is shown. */
export async function play(block: Block, program: Program): Promise<void> {
  const session = block.language === "sh" ? scriptIn(block.text) : sessionIn(block.text);
  const how = howToRun(block);
  assert.ok(how);
  return withHome(program, (home) =>
    allOf(how.stages).up(home, ({ env, instead }) => {
      const everywhere = {
        ...cleanEnv(home),
        ...exampleKeys,
        // Nobody is there: AWS is asked in no test.
        AWS_ENDPOINT_URL: "http://127.0.0.1:9",
        ENDPOINT: endpoint,
        HOST: endpoint,
        PATH: `${join(home, "bin")}:${process.env["PATH"] ?? ""}`,
      };
      return withShell({ cwd: home, env: { ...everywhere, ...env } }, async (shell) => {
        for (const [index, typed] of session.entries()) {
          const isLast = index === session.length - 1;
          const said = await typedInto(shell, typed, isLast && how.isStopped, home, instead);
          const text = asAtHome(said.text, home);
          const { shown } = typed;
          const at = `${block.page}:${block.line}: ${typed.typed}`;
          assert.equal(said.code, isLast ? how.exit : 0, `${at}\n${text}`);
          if (shown !== null && !isAsShown(text, shown)) assert.equal(written(text), written(shown), at);
        }
      });
    }),
  );
}

function typedInto(shell: Shell, { typed, shown }: Typed, isStopped: boolean, home: string, instead: Given["instead"]) {
  const everywhere: Given["instead"] = [
    // A port that is free, and a folder that is the user's own.
    [/--listen 127\.0\.0\.1:\d+/g, "--listen 127.0.0.1:0"],
    [/\/run\/cacheauth\b/g, `${home}/run/cacheauth`],
  ];
  const command = [...instead, ...everywhere].reduce((text, [there, here]) => text.replace(there, here), typed);
  if (!isStopped) return shell.type(command);
  const file = /--output (\S+)/.exec(command)?.[1] ?? null;
  const isThere = (text: string) =>
    shown === null ? file !== null || text !== "" : isAsShown(asAtHome(text, home), shown);
  return shell.typeAndStop(command, isThere, file);
}

/** With the paths that stand in the page. */
function asAtHome(text: string, home: string): string {
  return text
    .replaceAll(`${home}/run/cacheauth`, "/run/cacheauth")
    .replace(new RegExp(`${home}(?![\\w-])`, "g"), "/home/me");
}
