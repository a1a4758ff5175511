import { CacheauthError, shown } from "../errors.ts";

/** How a short region code is known: seen beside the region's name, seen alone, by pattern only, in guides only. */
export type CodeGrade = "seen" | "seen-alone" | "pattern" | "guide";

export interface RegionCode {
  readonly code: string;
  readonly region: string;
  readonly grade: CodeGrade;
}

/**
 * The short codes that ElastiCache puts into host names. They follow no rule (apn2, not apne2; cnw1 for
 * cn-northwest-1), so this is a table; a code that is not in it is unknown, never guessed.
 */
export const regionCodes: readonly RegionCode[] = [
  ...rows("seen", {
    use1: "us-east-1",
    use2: "us-east-2",
    usw1: "us-west-1",
    usw2: "us-west-2",
    cac1: "ca-central-1",
    caw1: "ca-west-1",
    sae1: "sa-east-1",
    euc1: "eu-central-1",
    euc2: "eu-central-2",
    euw1: "eu-west-1",
    euw2: "eu-west-2",
    euw3: "eu-west-3",
    eun1: "eu-north-1",
    eus1: "eu-south-1",
    apne1: "ap-northeast-1",
    apn2: "ap-northeast-2",
    apn3: "ap-northeast-3",
    apse1: "ap-southeast-1",
    apse2: "ap-southeast-2",
    apse3: "ap-southeast-3",
    apse7: "ap-southeast-7",
    aps1: "ap-south-1",
    aps2: "ap-south-2",
    ape1: "ap-east-1",
    mes1: "me-south-1",
    mec1: "me-central-1",
    afs1: "af-south-1",
    cnn1: "cn-north-1",
    cnw1: "cn-northwest-1",
  }),
  ...rows("seen-alone", { eus2: "eu-south-2", ilc1: "il-central-1", usgw1: "us-gov-west-1" }),
  ...rows("pattern", {
    ape2: "ap-east-2",
    apse4: "ap-southeast-4",
    apse5: "ap-southeast-5",
    apse6: "ap-southeast-6",
    usge1: "us-gov-east-1",
    mxc1: "mx-central-1",
  }),
  ...rows("guide", { apne2: "ap-northeast-2" }),
];

export const knownRegions: ReadonlySet<string> = new Set(regionCodes.map((row) => row.region));

export function findRegionCode(code: string): RegionCode | undefined {
  return regionCodes.find((row) => row.code === code);
}

/** Partitions by the beginning of their regions' names; everything else is `aws`. */
const partitions = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["eusc-", "aws-eusc"],
  ["us-isob-", "aws-iso-b"],
  ["us-isof-", "aws-iso-f"],
  ["us-iso-", "aws-iso"],
  ["eu-isoe-", "aws-iso-e"],
] as const;

/**
 * The partition a region is in.
 *
 * @example
 * ```ts
 * partitionOf("cn-north-1"); // "aws-cn"
 * ```
 */
export function partitionOf(region: string): string {
  return partitions.find(([start]) => region.startsWith(start))?.[1] ?? "aws";
}

/** Refuses what cannot be a region, saying what it is instead where that can be told. */
export function checkRegion(region: string): string {
  const lower = region.toLowerCase();
  if (/^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/.test(lower)) return lower;
  const code = findRegionCode(lower);
  if (code) {
    throw new CacheauthError(
      "region-invalid",
      `${shown(region)} is the short code in host names, not a region.`,
      `Say --region ${code.region}.`,
    );
  }
  const zone = /^([a-z]{2,5}(?:-[a-z]+)+-\d{1,2})[a-z]$/.exec(lower)?.[1];
  if (zone) {
    throw new CacheauthError(
      "region-invalid",
      `${shown(region)} is an availability zone, not a region.`,
      `Say --region ${zone}.`,
    );
  }
  throw new CacheauthError(
    "region-invalid",
    `${shown(region)} is not a region.`,
    "A region looks like us-east-1 or ap-southeast-2.",
  );
}

function rows(grade: CodeGrade, regionByCode: Record<string, string>): RegionCode[] {
  return Object.entries(regionByCode).map(([code, region]) => ({ code, region, grade }));
}
