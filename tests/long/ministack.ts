import { spawn } from "node:child_process";
import { freePort } from "./free-port.ts";
import { venv } from "./witness.ts";

/** The Python of a second stand-in for AWS, which knows user groups and serverless caches and really evaluates policies; null where it could not be had. */
export function ministackPython(): string | null {
  return venv("ministack", ["ministack==1.5.33"]);
}

/** Its server on a port of its own while `use` runs. */
export async function withMinistack(python: string, use: (url: string) => Promise<void>): Promise<void> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: "/nonexistent",
    GATEWAY_PORT: String(port),
    PYTHONUNBUFFERED: "1",
    BIND_HOST: "127.0.0.1",
  };
  const child = spawn(python, ["-c", "from ministack.app import main; main()"], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  try {
    await new Promise<void>((resolve, reject) => {
      const look = (text: string) => /running on|Uvicorn running|Listening|Ready/i.test(text) && resolve();
      child.stdout.setEncoding("utf8").on("data", look);
      child.stderr.setEncoding("utf8").on("data", look);
      void ended.then(() => reject(new Error("ministack ended")));
    });
    await use(url);
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}
