import type { Rule } from "./rule.ts";
import { accessKeyMalformed } from "./rules/access-key-malformed.ts";
import { accountMismatch } from "./rules/account-mismatch.ts";
import { actionMissing } from "./rules/action-missing.ts";
import { actionWrong } from "./rules/action-wrong.ts";
import { algorithmWrong } from "./rules/algorithm-wrong.ts";
import { authWithoutUser } from "./rules/auth-without-user.ts";
import { badPercentEncoding } from "./rules/bad-percent-encoding.ts";
import { credentialMalformed } from "./rules/credential-malformed.ts";
import { credentialMissing } from "./rules/credential-missing.ts";
import { dateMalformed } from "./rules/date-malformed.ts";
import { dateMissing } from "./rules/date-missing.ts";
import { doubleEncoded } from "./rules/double-encoded.ts";
import { embeddedWhitespace } from "./rules/embedded-whitespace.ts";
import { empty } from "./rules/empty.ts";
import { escaped } from "./rules/escaped.ts";
import { expired } from "./rules/expired.ts";
import { expiresMalformed } from "./rules/expires-malformed.ts";
import { expiresMissing } from "./rules/expires-missing.ts";
import { expiresShort } from "./rules/expires-short.ts";
import { expiresTooLong } from "./rules/expires-too-long.ts";
import { expiringSoon } from "./rules/expiring-soon.ts";
import { finalNewlineDropped } from "./rules/final-newline-dropped.ts";
import { fragment } from "./rules/fragment.ts";
import { nameHasPort } from "./rules/name-has-port.ts";
import { nameInvalid } from "./rules/name-invalid.ts";
import { nameIsEndpoint } from "./rules/name-is-endpoint.ts";
import { nameMismatch } from "./rules/name-mismatch.ts";
import { nameMissing } from "./rules/name-missing.ts";
import { nameNotLowercase } from "./rules/name-not-lowercase.ts";
import { notAToken } from "./rules/not-a-token.ts";
import { notYetValid } from "./rules/not-yet-valid.ts";
import { parameterDuplicate } from "./rules/parameter-duplicate.ts";
import { parameterUnexpected } from "./rules/parameter-unexpected.ts";
import { pathUnexpected } from "./rules/path-unexpected.ts";
import { quoted } from "./rules/quoted.ts";
import { regionMismatch } from "./rules/region-mismatch.ts";
import { regionUnknown } from "./rules/region-unknown.ts";
import { resourceTypeMissing } from "./rules/resource-type-missing.ts";
import { resourceTypeUnexpected } from "./rules/resource-type-unexpected.ts";
import { resourceTypeWrong } from "./rules/resource-type-wrong.ts";
import { schemePrefix } from "./rules/scheme-prefix.ts";
import { scopeDateMismatch } from "./rules/scope-date-mismatch.ts";
import { serviceWrong } from "./rules/service-wrong.ts";
import { sessionTokenMissing } from "./rules/session-token-missing.ts";
import { sessionTokenUnexpected } from "./rules/session-token-unexpected.ts";
import { signatureMalformed } from "./rules/signature-malformed.ts";
import { signatureMissing } from "./rules/signature-missing.ts";
import { signedHeadersWrong } from "./rules/signed-headers-wrong.ts";
import { surroundingWhitespace } from "./rules/surrounding-whitespace.ts";
import { tooLong } from "./rules/too-long.ts";
import { truncated } from "./rules/truncated.ts";
import { unencodedValue } from "./rules/unencoded-value.ts";
import { unwrapped } from "./rules/unwrapped.ts";
import { urlUnescaped } from "./rules/url-unescaped.ts";
import { userInvalid } from "./rules/user-invalid.ts";
import { userMismatch } from "./rules/user-mismatch.ts";
import { userMissing } from "./rules/user-missing.ts";

/** Every rule over a token, in the order in which findings are told: the order of findings/ids.ts. */
export const rules: readonly Rule[] = [
  empty,
  notAToken,
  tooLong,
  schemePrefix,
  surroundingWhitespace,
  embeddedWhitespace,
  quoted,
  escaped,
  urlUnescaped,
  truncated,
  fragment,
  badPercentEncoding,
  doubleEncoded,
  unencodedValue,
  authWithoutUser,
  unwrapped,
  finalNewlineDropped,
  nameMissing,
  nameIsEndpoint,
  nameHasPort,
  nameNotLowercase,
  nameInvalid,
  pathUnexpected,
  nameMismatch,
  actionMissing,
  actionWrong,
  userMissing,
  userInvalid,
  userMismatch,
  resourceTypeWrong,
  resourceTypeMissing,
  resourceTypeUnexpected,
  parameterDuplicate,
  parameterUnexpected,
  algorithmWrong,
  credentialMissing,
  credentialMalformed,
  accessKeyMalformed,
  serviceWrong,
  regionMismatch,
  regionUnknown,
  dateMissing,
  dateMalformed,
  scopeDateMismatch,
  expiresMissing,
  expiresMalformed,
  expiresTooLong,
  expiresShort,
  signedHeadersWrong,
  signatureMissing,
  signatureMalformed,
  sessionTokenMissing,
  sessionTokenUnexpected,
  accountMismatch,
  expired,
  notYetValid,
  expiringSoon,
];
