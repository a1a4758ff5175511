import { connect as dial } from "node:net";
import { connect as dialTls } from "node:tls";

export interface Heard {
  /** What came, one character a byte. */
  readonly text: string;
  /** How it ended: an error's code, `end` for a FIN before anything else ended it, `enough`, or `silence` of 20 s. */
  readonly end: string;
}

/** A client of the tests' own that knows no protocol: sends, and listens until it heard enough or it is over. */
export function ask(
  server: { readonly host: string; readonly port: number },
  send: string,
  enough: RegExp | Promise<unknown>,
  tls: { readonly ca: string; readonly verify?: boolean } | null = null,
): Promise<Heard> {
  return new Promise((resolve) => {
    const { host, port } = server;
    const socket = tls
      ? dialTls({ host, port, ca: tls.ca, rejectUnauthorized: tls.verify ?? true, minVersion: "TLSv1.2" })
      : dial(port, host);
    let text = "";
    const over = (end: string) => {
      resolve({ text, end });
      socket.destroy();
    };
    socket.once(tls ? "secureConnect" : "connect", () => socket.write(send));
    socket.on("data", (bytes: Buffer) => {
      text += bytes.toString("latin1");
      if (enough instanceof RegExp && enough.test(text)) over("enough");
    });
    socket.on("end", () => over("end"));
    socket.on("error", (error: NodeJS.ErrnoException) => over(error.code ?? String(error)));
    socket.on("close", () => over("close"));
    socket.setTimeout(20_000, () => over("silence"));
    if (!(enough instanceof RegExp)) void enough.then(() => over("enough"));
  });
}

/** As clients send commands. */
export function command(...words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`;
}
