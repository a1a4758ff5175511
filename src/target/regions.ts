import { CacheauthError, shown } from "../errors.ts";
import type { Naming } from "../naming.ts";

/** How a short region code is known: seen beside the region's name, seen alone, by pattern only, in guides only. */
type CodeGrade = "seen" | "seen-alone" | "pattern" | "guide";

export type RegionCode = readonly [code: string, region: string, grade: CodeGrade];

/**
 * The short codes that ElastiCache puts into host names. They follow no rule (apn2, not apne2; cnw1 for
 * cn-northwest-1), so this is a table; a code that is not in it is unknown, never guessed.
 */
export const regionCodes: readonly RegionCode[] = [
  ["use1", "us-east-1", "seen"],
  ["use2", "us-east-2", "seen"],
  ["usw1", "us-west-1", "seen"],
  ["usw2", "us-west-2", "seen"],
  ["cac1", "ca-central-1", "seen"],
  ["caw1", "ca-west-1", "seen"],
  ["sae1", "sa-east-1", "seen"],
  ["euc1", "eu-central-1", "seen"],
  ["euc2", "eu-central-2", "seen"],
  ["euw1", "eu-west-1", "seen"],
  ["euw2", "eu-west-2", "seen"],
  ["euw3", "eu-west-3", "seen"],
  ["eun1", "eu-north-1", "seen"],
  ["eus1", "eu-south-1", "seen"],
  ["apne1", "ap-northeast-1", "seen"],
  ["apn2", "ap-northeast-2", "seen"],
  ["apn3", "ap-northeast-3", "seen"],
  ["apse1", "ap-southeast-1", "seen"],
  ["apse2", "ap-southeast-2", "seen"],
  ["apse3", "ap-southeast-3", "seen"],
  ["apse7", "ap-southeast-7", "seen"],
  ["aps1", "ap-south-1", "seen"],
  ["aps2", "ap-south-2", "seen"],
  ["ape1", "ap-east-1", "seen"],
  ["mes1", "me-south-1", "seen"],
  ["mec1", "me-central-1", "seen"],
  ["afs1", "af-south-1", "seen"],
  ["cnn1", "cn-north-1", "seen"],
  ["cnw1", "cn-northwest-1", "seen"],
  ["eus2", "eu-south-2", "seen-alone"],
  ["ilc1", "il-central-1", "seen-alone"],
  ["usgw1", "us-gov-west-1", "seen-alone"],
  ["ape2", "ap-east-2", "pattern"],
  ["apse4", "ap-southeast-4", "pattern"],
  ["apse5", "ap-southeast-5", "pattern"],
  ["apse6", "ap-southeast-6", "pattern"],
  ["usge1", "us-gov-east-1", "pattern"],
  ["mxc1", "mx-central-1", "pattern"],
  ["apne2", "ap-northeast-2", "guide"],
];

export function isKnownRegion(region: string): boolean {
  return regionCodes.some(([, known]) => known === region);
}

export function findRegionCode(code: string): RegionCode | undefined {
  return regionCodes.find(([known]) => known === code);
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

export function isPartition(name: string): boolean {
  return name === "aws" || partitions.some(([, known]) => known === name);
}

/** Refuses what cannot be a region, saying what it is instead where that can be told. */
export function checkRegion(region: string, naming: Naming): string {
  const lower = region.toLowerCase();
  if (/^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/.test(lower)) return lower;
  const code = findRegionCode(lower);
  if (code) {
    throw new CacheauthError(
      "region-invalid",
      `${shown(region)} is the short code in host names, not a region.`,
      `Say ${naming.option("region", code[1])}.`,
    );
  }
  const zone = /^([a-z]{2,5}(?:-[a-z]+)+-\d{1,2})[a-z]$/.exec(lower)?.[1];
  if (zone) {
    throw new CacheauthError(
      "region-invalid",
      `${shown(region)} is an availability zone, not a region.`,
      `Say ${naming.option("region", zone)}.`,
    );
  }
  throw new CacheauthError(
    "region-invalid",
    `${shown(region)} is not a region.`,
    "A region looks like us-east-1 or ap-southeast-2.",
  );
}
