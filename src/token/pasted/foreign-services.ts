/** What a presigned request says, for telling whose it is. */
interface PresignedRequest {
  /** The service in its credential scope. */
  readonly service: string;
  /** The value of a parameter, null where there is none. */
  parameter(name: string): string | null;
  /** Host and path as they stand before the `?`. */
  readonly before: string;
}

/** Another service whose presigned requests look like our tokens at first. */
export interface OtherService {
  readonly id: string;
  /** Completes "This is not a token but …". */
  readonly is: string;
  readonly next: string;
  /**
   * Both marks of it: the service in the scope, and an action or a parameter of its own. One alone may be a token of
   * ours whose service was mistyped.
   */
  readonly matches: (request: PresignedRequest) => boolean;
}

const makeToken = "A cache does not take it; cacheauth token ENDPOINT -u USER makes one that it takes.";
const otherSigner = "Use a signer for caches in its place: cacheauth token ENDPOINT -u USER.";

const action = ({ parameter }: PresignedRequest) => parameter("Action") ?? "";
const isOurs = (request: PresignedRequest) =>
  action(request).toLowerCase() === "connect" || request.parameter("User") !== null;

export const otherServices: readonly OtherService[] = [
  {
    id: "rds",
    is: "a login to an RDS or Aurora database",
    next: makeToken,
    matches: ({ service, parameter }) => service === "rds-db" && parameter("DBUser") !== null,
  },
  {
    id: "dsql",
    is: "a login to Aurora DSQL",
    next: makeToken,
    matches: (request) => request.service === "dsql" && /^DbConnect(?:Admin)?$/i.test(action(request)),
  },
  {
    id: "redshift",
    is: "a presigned request to Redshift",
    next: otherSigner,
    matches: (request) =>
      /^redshift(?:-serverless|-data)?$/.test(request.service) &&
      (/^Get(?:Cluster)?Credentials/i.test(action(request)) || request.parameter("DbUser") !== null),
  },
  {
    id: "neptune",
    is: "a presigned request to Neptune",
    next: otherSigner,
    matches: ({ service, before }) =>
      /^neptune-(?:db|graph)$/.test(service) &&
      /\.neptune(?:-graph)?\.|\/(?:gremlin|sparql|opencypher)\b/i.test(before),
  },
  {
    id: "msk",
    is: "a login to MSK, Amazon's Kafka",
    next: makeToken,
    matches: (request) => request.service === "kafka-cluster" && /^kafka-cluster:/i.test(action(request)),
  },
  {
    id: "eks",
    is: "a login to an EKS cluster",
    next: makeToken,
    matches: ({ service, parameter }) =>
      service === "sts" && /x-k8s-aws-id/i.test(parameter("X-Amz-SignedHeaders") ?? ""),
  },
  {
    id: "sts",
    is: "a presigned request to STS, which proves an identity to another program",
    next: makeToken,
    matches: (request) => request.service === "sts" && /^(?:GetCallerIdentity|AssumeRole)/i.test(action(request)),
  },
  {
    id: "s3",
    is: "a presigned URL of an object in S3",
    next: otherSigner,
    matches: (request) =>
      /^s3(?:express|-outposts|-object-lambda)?$/.test(request.service) &&
      !isOurs(request) &&
      (request.parameter("x-id") !== null || /\bs3[.-]|[^/]\/[^/]/i.test(request.before)),
  },
  {
    id: "iot",
    is: "a presigned URL of AWS IoT",
    next: otherSigner,
    matches: ({ service, before }) => /^iot(?:devicegateway|data)$/.test(service) && /\/mqtt\b|\.iot\./i.test(before),
  },
  {
    id: "other-presigned",
    is: "a presigned request to another service of AWS",
    next: otherSigner,
    matches: (request) =>
      !/^(?:elasticache|memorydb)$/i.test(request.service) &&
      !isOurs(request) &&
      /\.(?:amazonaws\.com|on\.aws|api\.aws)\b/i.test(request.before) &&
      !/\.cache\.amazonaws\.|\.memorydb\./i.test(request.before),
  },
];
