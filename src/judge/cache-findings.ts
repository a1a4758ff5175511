/** What is wrong with the cache that is logged in to, by AWS's record of it. */
import { shown } from "../errors.ts";
import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import { type Kind, kinds } from "../target/kinds.ts";
import { belongsTo, plain } from "./endpoint-of.ts";
import { isTooOld, oldest } from "./engine-version.ts";
import type { CacheRecord, World } from "./world.ts";

/** Nothing where nobody looked. */
export function cacheFindings({ target, cache, otherCaches }: World): Finding[] {
  if (cache === undefined) return [];
  if (cache === null) return [notFound(target, otherCaches ?? null)];
  return [...endpointFindings(target, cache), ...statusFindings(target, cache), ...settingFindings(target, cache)];
}

function notFound({ kind, name, region, accountId }: World["target"], others: readonly string[] | null): Finding {
  const account = accountId === null ? "the account of these credentials" : `account ${accountId}`;
  return makeFinding("cache-not-found", {
    message: `There is no ${kinds[kind].label} ${shown(name)} in ${region}, in ${account}${othersWords(others)}.`,
    fix: `Check the name, the region, and whose credentials these are; this lists what is there: \`${listCommand(kind, region)}\`.`,
  });
}

function othersWords(others: readonly string[] | null): string {
  if (others === null) return "";
  if (others.length === 0) return ": there is none at all";
  const few = others.slice(0, 5).map(shown).join(", ");
  return `; there ${others.length === 1 ? "is" : "are"} ${few}${others.length > 5 ? ` and ${others.length - 5} more` : ""}`;
}

/** Only a host in AWS's own form can be another cache's: a tunnel or a CNAME may lead anywhere. */
function endpointFindings({ kind, name, endpoint }: World["target"], { endpoints }: CacheRecord): Finding[] {
  if (endpoint === null || endpoints.length === 0) return [];
  const own = endpoints.map(({ host, port }) => `${host}:${port}`);
  const [first = ""] = own;
  if (!/\.(amazonaws\.com|amazonaws\.com\.cn)\.?$/i.test(endpoint.host)) return [];
  const told = (message: string) => [
    makeFinding("cache-endpoint-differs", { message, fix: `Connect to ${first}, as AWS's record says.` }),
  ];
  const what = `the ${kinds[kind].label} ${shown(name)}`;
  if (!belongsTo(endpoint.host, endpoints)) {
    return told(
      `The endpoint ${shown(endpoint.host)} is not one of ${what}, whose is ${first}: it was made anew, or is another.`,
    );
  }
  const ports = endpoints.filter(({ host }) => plain(host) === plain(endpoint.host)).map(({ port }) => port);
  if (ports.length === 0 || ports.includes(endpoint.port)) return [];
  return told(`Of ${what} the port is ${ports.join(" or ")}, not ${endpoint.port}.`);
}

/** While a cache is changed it serves, as a rule; while it is made or deleted it does not. */
function statusFindings({ kind, name, region }: World["target"], { status }: CacheRecord): Finding[] {
  if (status === "available") return [];
  const isChanging = /modify|updat|snapshot|reboot|maintenance/.test(status);
  const what = `The ${kinds[kind].label} ${shown(name)} is not available: AWS says ${shown(status)}.`;
  return [
    makeFinding("cache-not-available", {
      severity: isChanging ? "warning" : "error",
      message: isChanging
        ? `${what} It may serve meanwhile, and changes of users and ${kind === "memorydb-cluster" ? "ACLs" : "groups"} come later.`
        : what,
      fix: /delet|fail/.test(status)
        ? "It does not come back by itself: create it anew, or restore it from a snapshot."
        : `Wait until this says available: \`${statusCommand(kind, name, region)}\`.`,
    }),
  ];
}

function settingFindings({ kind, name, region }: World["target"], { tls, engine, version }: CacheRecord): Finding[] {
  const findings: Finding[] = [];
  const what = `the ${kinds[kind].label} ${shown(name)}`;
  if (tls === "off") {
    findings.push(
      makeFinding("tls-off", {
        message: `In-transit encryption of ${what} is off, and IAM authentication needs it.`,
        fix: tlsFix(kind, name, region),
      }),
    );
  }
  if (isTooOld(kind, engine, version)) {
    findings.push(
      makeFinding("engine-too-old", {
        message: `The engine of ${what} is ${engine === "valkey" ? "Valkey" : "Redis OSS"} ${version}; IAM authentication needs ${oldest(kind)}.`,
        fix: `Upgrade it, which cuts its clients off for moments: \`${upgradeCommand(kind, name, region)}\`.`,
      }),
    );
  }
  return findings;
}

function listCommand(kind: Kind, region: string): string {
  const list: Readonly<Record<Kind, string>> = {
    "replication-group": 'elasticache describe-replication-groups --query "ReplicationGroups[].ReplicationGroupId"',
    "serverless-cache": 'elasticache describe-serverless-caches --query "ServerlessCaches[].ServerlessCacheName"',
    "memorydb-cluster": 'memorydb describe-clusters --query "Clusters[].Name"',
  };
  return `aws ${list[kind]} --region ${region}`;
}

function statusCommand(kind: Kind, name: string, region: string): string {
  const ask: Readonly<Record<Kind, string>> = {
    "replication-group": `elasticache describe-replication-groups --replication-group-id ${name} --query "ReplicationGroups[0].Status"`,
    "serverless-cache": `elasticache describe-serverless-caches --serverless-cache-name ${name} --query "ServerlessCaches[0].Status"`,
    "memorydb-cluster": `memorydb describe-clusters --cluster-name ${name} --query "Clusters[0].Status"`,
  };
  return `aws ${ask[kind]} --region ${region}`;
}

/** AWS turns it on for a live replication group in two steps; a MemoryDB cluster has it from its creation or never. */
function tlsFix(kind: Kind, name: string, region: string): string {
  return kind === "replication-group"
    ? `Turn it on, first as preferred and, when all clients speak TLS, as required: \`aws elasticache modify-replication-group --replication-group-id ${name} --transit-encryption-enabled --transit-encryption-mode preferred --apply-immediately --region ${region}\`.`
    : "It is set where the cluster is created: restore a snapshot into a new cluster that has it.";
}

function upgradeCommand(kind: Kind, name: string, region: string): string {
  return kind === "memorydb-cluster"
    ? `aws memorydb update-cluster --cluster-name ${name} --engine-version 7.1 --region ${region}`
    : `aws elasticache modify-replication-group --replication-group-id ${name} --engine-version 7.1 --apply-immediately --region ${region}`;
}
