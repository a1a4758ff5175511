import { emptyPayloadHash } from "../signed-request.ts";
import type { Variant } from "./variant.ts";

/** What signers put for the hash of no body: the S3 habit, its hash, a line left empty, the hash of an empty JSON object. */
const payloads = [
  ["UNSIGNED-PAYLOAD", "UNSIGNED-PAYLOAD"],
  ["", "left empty"],
  ["44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", "of the body {}"],
  ["12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126", 'of the body ""'],
  ["74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b", "of the body null"],
] as const;

export const unsignedPayload: Variant = {
  id: "unsigned-payload",
  inPairs: 1,
  *candidates(request) {
    for (const [payloadHash, what] of payloads) {
      yield {
        request: { ...request, payloadHash },
        message: `The signature is that of a request with the payload hash ${what}; AWS computes it with the hash of the empty body.`,
        fix: `Sign with ${emptyPayloadHash} as payload hash, which is the SHA-256 of the empty string.`,
      };
    }
  },
};
