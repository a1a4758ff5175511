import type { Kind, Service } from "../../src/target/kinds.ts";
import tokens from "./tokens.json" with { type: "json" };

/** A token as an independent witness made it; scripts/make-vectors.py makes them again. */
export interface Vector {
  readonly id: string;
  readonly witness: "botocore" | "developer-toolkit-elasticache";
  readonly kind: Kind;
  readonly service: Service;
  readonly name: string;
  readonly user: string;
  readonly region: string;
  readonly at: string;
  readonly expiresIn: number;
  readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string | null };
  readonly token: string;
}

export const vectors: readonly Vector[] = tokens.vectors as readonly Vector[];

/** The published known answers: what signs, and the signature that each must give. All on 20250101T000000Z. */
export const knownAnswers = [
  {
    source: "known-answer tests of aws/developer-toolkit-elasticache (node/test/token-generator.test.ts)",
    kind: "replication-group",
    name: "my-cache",
    user: "testuser",
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
    signature: "cd78a7de74c1bb1c8c685cac428f783b5433ce5fbf569af867570311d6a85797",
  },
  {
    source: "known-answer tests of aws/developer-toolkit-elasticache (node/test/token-generator.test.ts)",
    kind: "serverless-cache",
    name: "my-cache",
    user: "testuser",
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
    signature: "28f349fd92f74e0192de149a74743ae7d087bb136523c342bdd67632a8360023",
  },
  {
    source: "token test of aws-samples/elasticache-iam-auth-demo-app",
    kind: "replication-group",
    name: "my-replication-group-id",
    user: "my-user-id",
    region: "eu-west-1",
    credentials: { accessKeyId: "fakeAccessKeyId", secretAccessKey: "fakeSecretKey" },
    signature: "9e361603d85874bce06114c6644725ed113e3b11ae6fa92efdf10c6bcf5de8d7",
  },
  {
    source: "token test of aws-samples/elasticache-iam-auth-demo-app",
    kind: "replication-group",
    name: "my-replication-group-id",
    user: "my-user-id",
    region: "eu-west-1",
    credentials: {
      accessKeyId: "fakeAccessKeyId",
      secretAccessKey: "fakeSecretKey",
      sessionToken: "fakeSessionToken",
    },
    signature: "bbce2bd61bd78461297ecb92e7001ddbeab2d85906c3cbedad6c9b81fb3466dc",
  },
] as const;

/** The parameters of a token, decoded, whatever their order. */
export function parametersOf(token: string): Record<string, string> {
  const query = token.slice(token.indexOf("?") + 1);
  return Object.fromEntries(query.split("&").map((pair) => pair.split("=").map(decodeURIComponent) as [string, string]));
}
