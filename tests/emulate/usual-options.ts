import type { EmulatorOptions } from "../../src/emulate/emulator.ts";
import { noFaults } from "../../src/emulate/faults.ts";

/** An emulator on any port of this machine, alone, in clear text, without faults, as long-lived as AWS's connections. */
export const usualOptions: Omit<EmulatorOptions, "world"> = {
  listen: { host: "127.0.0.1", port: 0 },
  tls: null,
  caFile: null,
  cluster: null,
  upstream: null,
  faults: noFaults,
  lifetimeMs: 12 * 3_600_000,
};
