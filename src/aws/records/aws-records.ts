/** Everything that is looked up at AWS about a login, read-only, by one set of credentials. */
import type { Notice } from "../../errors.ts";
import type { Runtime } from "../../runtime.ts";
import type { Service } from "../../target/kinds.ts";
import type { Report } from "../../terminal/report.ts";
import { askCallerIdentity, type CallerIdentity, identitySource } from "../caller-identity.ts";
import { createSdk } from "../create-sdk.ts";
import type { CredentialWords } from "../credential-words.ts";
import type { Found } from "../sdk.ts";
import type { CacheRecords } from "./cache-records.ts";
import { type Looked, look } from "./looked.ts";
import type { PolicySimulation } from "./policy-simulation.ts";

export interface AwsRecords {
  identity(): Promise<Looked<CallerIdentity>>;
  /** The client of a service is loaded where it is asked for. */
  caches(): Promise<CacheRecords>;
  policies(): Promise<PolicySimulation>;
  /** How far AWS's clock is ahead of this machine's, in milliseconds, by the last answer; null where there was none. */
  skewMs(): number | null;
}

export function awsRecords(
  { service, region }: { readonly service: Service; readonly region: string },
  credentials: Found,
  words: CredentialWords,
  runtime: Runtime,
  report: Report,
  notices: Notice[],
): AwsRecords {
  let skewMs: number | null = null;
  const onAnswer = ({ date = "" }: Readonly<Record<string, string>>) => {
    const time = new Date(date).getTime();
    // The header has whole seconds: half of one is the mean of what it leaves out.
    if (!Number.isNaN(time)) skewMs = time + 500 - runtime.host.now().getTime();
  };
  const sdk = createSdk(words, runtime, report, notices, {
    connectTimeoutMs: 2_000,
    requestTimeoutMs: 4_000,
    onAnswer,
  });
  const { env } = runtime.host;
  return {
    identity: () =>
      look(
        "sts:GetCallerIdentity",
        env,
        () => askCallerIdentity(sdk, credentials),
        (error) => identitySource(error, credentials),
      ),
    async caches() {
      if (service === "memorydb") {
        const { memoryDbRecords } = await import("./memorydb-records.ts");
        return memoryDbRecords(sdk, credentials, region);
      }
      const { elastiCacheRecords } = await import("./elasticache-records.ts");
      return elastiCacheRecords(sdk, credentials, region);
    },
    async policies() {
      const { policySimulation } = await import("./policy-simulation.ts");
      return policySimulation(sdk, credentials, region);
    },
    skewMs: () => skewMs,
  };
}
