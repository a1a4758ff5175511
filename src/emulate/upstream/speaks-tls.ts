import type { Connection, Net } from "../../runtime.ts";

/** Whether whoever listens there answers a TLS handshake, with whatever certificate. Nothing is sent over it. */
export async function speaksTls(
  dial: () => Promise<Connection>,
  net: Pick<Net, "secure">,
  host: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const { connection } = await net.secure(await dial(), { name: host, ca: null, verify: false, signal });
    connection.destroy();
    return true;
  } catch (error) {
    // An alert is an answer, too: of one that demands a client's certificate, or another version.
    return /^ERR_SSL_.*(ALERT|HANDSHAKE_FAILURE|CERTIFICATE_REQUIRED)/.test((error as { code?: string }).code ?? "");
  }
}
