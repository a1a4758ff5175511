import { spawn } from "node:child_process";
import { freePort } from "./free-port.ts";
import { venv } from "./witness.ts";

/** The Python of a stand-in for AWS that others wrote; null where it could not be had. */
export function motoPython(): string | null {
  return venv("moto", ["moto[server]==5.2.5"]);
}

/** moto's server on a port of its own while `use` runs. */
export async function withMoto(python: string, use: (url: string) => Promise<void>): Promise<void> {
  const port = await freePort();
  const child = spawn(python, ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  try {
    await new Promise<void>((resolve, reject) => {
      child.stderr.setEncoding("utf8").on("data", (text: string) => text.includes("Running on") && resolve());
      child.on("close", () => reject(new Error("moto ended")));
    });
    await use(`http://127.0.0.1:${port}`);
  } finally {
    child.kill();
    await new Promise((resolve) => child.on("close", resolve));
  }
}
