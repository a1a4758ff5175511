import { SignatureV4 } from "@smithy/signature-v4";
import type { Hash } from "../runtime.ts";
import { encodeRfc3986 } from "./encode.ts";
import { tokenParameters } from "./fields.ts";

/** AWS credentials as every SDK names their parts. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiration?: Date | undefined;
}

export interface SigningRequest {
  readonly service: string;
  readonly region: string;
  /** The cache's name: the host that is signed. */
  readonly name: string;
  readonly user: string;
  readonly resourceType: string | null;
  readonly credentials: Credentials;
  readonly at: Date;
  readonly expiresIn: number;
}

/**
 * Presigns the connect request and prints it as the token: the URL without its scheme. The payload hash is that of the
 * empty body, which is what both services expect.
 */
export async function sign(request: SigningRequest, hash: Hash): Promise<string> {
  const { service, region, name, user, resourceType, credentials, at, expiresIn } = request;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const identity = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  const signer = new SignatureV4({ service, region, credentials: identity, sha256: sha256ClassOf(hash) });
  const query: Record<string, string> = { Action: "connect", User: user };
  if (resourceType !== null) query["ResourceType"] = resourceType;
  const presigned = await signer.presign(
    { method: "GET", protocol: "https:", hostname: name, path: "/", query, headers: { host: name } },
    { expiresIn, signingDate: at },
  );
  const values = presigned.query ?? {};
  // In botocore's order; the signature does not depend on it.
  const pairs: string[] = [];
  for (const parameter of tokenParameters) {
    const value = values[parameter];
    if (typeof value !== "string") continue;
    pairs.push(`${parameter}=${encodeRfc3986(value)}`);
  }
  return `${name}/?${pairs.join("&")}`;
}

type Sha256Class = ConstructorParameters<typeof SignatureV4>[0]["sha256"];
type Bytes = string | ArrayBuffer | ArrayBufferView;

const classes = new WeakMap<Hash, Sha256Class>();

/** Smithy wants a class to make hashes of; the port is two functions. Smithy updates each hash once. */
function sha256ClassOf(hash: Hash): Sha256Class {
  const known = classes.get(hash);
  if (known) return known;
  const Sha256: Sha256Class = class {
    readonly #key: Uint8Array | string | undefined;
    #data: Uint8Array | string = "";

    constructor(secret?: Bytes) {
      this.#key = secret === undefined ? undefined : bytesOf(secret);
    }

    update(data: Uint8Array): void {
      this.#data = data;
    }

    digest(): Promise<Uint8Array> {
      const key = this.#key;
      return Promise.resolve(key === undefined ? hash.sha256(this.#data) : hash.hmacSha256(key, this.#data));
    }

    reset(): void {
      this.#data = "";
    }
  };
  classes.set(hash, Sha256);
  return Sha256;
}

function bytesOf(data: Bytes): Uint8Array | string {
  if (typeof data === "string" || data instanceof Uint8Array) return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
