/**
 * The first of several addresses that answers: the families in turn, the next one begun when the one before it failed or
 * took 250 ms (RFC 8305, 5).
 */
import type { Connection, IpAddress } from "../runtime.ts";
import type { ProbePorts } from "./request.ts";

/** Null where none answered. */
export type Connected = { readonly connection: Connection; readonly address: IpAddress } | null;

const staggerMs = 250;

/** `told` is called with the code of each that fails meanwhile: it is known also where the time is over before all have. */
export function connectFirst(
  addresses: readonly IpAddress[],
  port: number,
  { net, clock }: Pick<ProbePorts, "net" | "clock">,
  signal: AbortSignal,
  told: (address: string, code: string) => void = () => {},
): Promise<Connected> {
  const waiting = interleaved(addresses);
  const stop = new AbortController();
  let open = 0;
  let callOff: () => void = () => {};
  return new Promise((resolve) => {
    const settle = (connected: Connected) => {
      callOff();
      signal.removeEventListener("abort", abort);
      resolve(connected);
      // Whoever is still on the way is called off, and let go of if it arrives all the same.
      stop.abort();
    };
    const abort = () => settle(null);
    const begin = () => {
      callOff();
      const address = waiting.shift();
      if (!address) return;
      open += 1;
      callOff = clock.after(staggerMs, begin);
      net.connect({ address: address.address, port, signal: stop.signal }).then(
        (connection) => (stop.signal.aborted ? connection.destroy() : settle({ connection, address })),
        (error: { code?: string }) => {
          open -= 1;
          if (stop.signal.aborted) return;
          told(address.address, error.code ?? "unknown");
          if (waiting.length > 0) begin();
          else if (open === 0) settle(null);
        },
      );
    };
    signal.addEventListener("abort", abort);
    if (signal.aborted) abort();
    else begin();
  });
}

/** The families in turn, beginning with the one that the system has first. */
function interleaved(addresses: readonly IpAddress[]): IpAddress[] {
  const first = addresses.filter(({ family }) => family === addresses[0]?.family);
  const second = addresses.filter(({ family }) => family !== addresses[0]?.family);
  return first
    .flatMap((address, index) => [address, ...second.slice(index, index + 1)])
    .concat(second.slice(first.length));
}
