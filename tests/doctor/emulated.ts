import {
  type CertificateOptions,
  type Certificates,
  createCertificates,
} from "../../src/emulate/certificates/create-certificates.ts";
import { type EmulatorOptions, startEmulator } from "../../src/emulate/emulator.ts";
import type { World } from "../../src/judge/world.ts";
import { nodeHash, nodeNet, nodeNow, nodeProcess } from "../../src/node-runtime.ts";
import { usualOptions } from "../emulate/usual-options.ts";

export interface Emulated extends Partial<EmulatorOptions> {
  readonly world: World;
  readonly certificates: Awaited<ReturnType<typeof certify>>;
  readonly aheadMs?: number;
}

export async function certify(
  names: CertificateOptions["names"],
): Promise<Certificates & Pick<CertificateOptions, "names">> {
  return { ...(await createCertificates({ names, now: nodeNow(), random: nodeProcess.random })), names };
}

/** A cache that goes by a world, on a port of this machine; in clear text where its record says so. */
export async function withEmulator<T>(
  { world, certificates, aheadMs = 0, ...options }: Emulated,
  use: (port: number) => Promise<T>,
): Promise<T> {
  const { elapsedMs, after, random } = nodeProcess;
  const emulator = await startEmulator(
    {
      // It is where it listens, and at none of AWS's hosts.
      world: { ...world, target: { ...world.target, endpoint: null } },
      ...usualOptions,
      tls: world.cache?.tls === "off" ? null : certificates,
      ...options,
    },
    { elapsedMs, after, random, now: () => new Date(Date.now() + aheadMs), net: await nodeNet() },
    await nodeHash(),
    { decided() {}, notice() {} },
  );
  try {
    return await use(emulator.ports[0] ?? 0);
  } finally {
    await emulator.close();
  }
}
