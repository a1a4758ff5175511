/**
 * The first of several addresses that answers: the families in turn, the next one begun when the one before it failed or
 * took 250 ms (RFC 8305, 5).
 */
import type { Connection, IpAddress } from "../runtime.ts";
import type { ProbePorts } from "./request.ts";

export interface Attempt {
  readonly address: string;
  /** The runtime's code; null where it was still open when another had answered, or the time was over. */
  readonly code: string | null;
}

export interface Connected {
  readonly connection: Connection | null;
  readonly address: IpAddress | null;
  /** Those that did not answer. */
  readonly attempts: readonly Attempt[];
}

const staggerMs = 250;

export function connectFirst(
  addresses: readonly IpAddress[],
  port: number,
  { net, clock }: ProbePorts,
  signal: AbortSignal,
): Promise<Connected> {
  const waiting = interleaved(addresses);
  const stop = new AbortController();
  const codes = new Map<string, string | null>();
  let open = 0;
  let callOff: () => void = () => {};
  return new Promise((resolve) => {
    const settle = (connection: Connection | null, address: IpAddress | null) => {
      callOff();
      signal.removeEventListener("abort", abort);
      const attempts = [...codes].map(([tried, code]) => ({ address: tried, code }));
      resolve({ connection, address, attempts: attempts.filter((attempt) => attempt.address !== address?.address) });
      stop.abort();
    };
    const abort = () => settle(null, null);
    const begin = () => {
      callOff();
      const address = waiting.shift();
      if (!address) return;
      open += 1;
      codes.set(address.address, null);
      callOff = clock.after(staggerMs, begin);
      net.connect({ address: address.address, port, signal: stop.signal }).then(
        (connection) => (stop.signal.aborted ? connection.destroy() : settle(connection, address)),
        (error: { code?: string }) => {
          open -= 1;
          if (stop.signal.aborted) return;
          codes.set(address.address, error.code ?? "unknown");
          if (waiting.length > 0) begin();
          else if (open === 0) settle(null, null);
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
