import { dateOther } from "./date-other.ts";
import { encodingDouble } from "./encoding-double.ts";
import { encodingPlus } from "./encoding-plus.ts";
import { encodingUnescaped } from "./encoding-unescaped.ts";
import { expiresOther } from "./expires-other.ts";
import { hostIsEndpoint } from "./host-is-endpoint.ts";
import { hostWithPort } from "./host-with-port.ts";
import { methodOther } from "./method-other.ts";
import { nameCase } from "./name-case.ts";
import { parameterAdded } from "./parameter-added.ts";
import { parameterDropped } from "./parameter-dropped.ts";
import { pathOther } from "./path-other.ts";
import { regionOther } from "./region-other.ts";
import { resourceTypeAdded, resourceTypeDropped } from "./resource-type.ts";
import { secretWithWhitespace } from "./secret-with-whitespace.ts";
import { serviceOther } from "./service-other.ts";
import { sessionTokenAdded, sessionTokenDecoded, sessionTokenDropped } from "./session-token.ts";
import { unsignedPayload } from "./unsigned-payload.ts";
import { userCase } from "./user-case.ts";
import type { Variant } from "./variant.ts";

/** Every variant, in the order in which they are tried: of two that come to the same request, the first is named. */
export const variants: readonly Variant[] = [
  unsignedPayload,
  hostIsEndpoint,
  hostWithPort,
  nameCase,
  userCase,
  regionOther,
  serviceOther,
  dateOther,
  resourceTypeAdded,
  resourceTypeDropped,
  parameterAdded,
  parameterDropped,
  sessionTokenDropped,
  sessionTokenAdded,
  sessionTokenDecoded,
  secretWithWhitespace,
  pathOther,
  encodingPlus,
  encodingUnescaped,
  encodingDouble,
  methodOther,
  expiresOther,
];

/** Pairs of mistakes that one signer may make, in the order in which they are applied: the second sees what the first changed. */
export const pairs: readonly (readonly [first: Variant, second: Variant])[] = [
  // Made for S3 or for an HTTP API, and given an endpoint.
  [unsignedPayload, hostIsEndpoint],
  [unsignedPayload, hostWithPort],
  [unsignedPayload, nameCase],
  [unsignedPayload, userCase],
  [unsignedPayload, resourceTypeAdded],
  [unsignedPayload, resourceTypeDropped],
  [unsignedPayload, parameterAdded],
  [unsignedPayload, parameterDropped],
  [unsignedPayload, sessionTokenDropped],
  [unsignedPayload, sessionTokenAdded],
  [unsignedPayload, sessionTokenDecoded],
  [unsignedPayload, pathOther],
  [unsignedPayload, encodingPlus],
  [unsignedPayload, encodingUnescaped],
  [unsignedPayload, encodingDouble],
  [unsignedPayload, methodOther],
  [unsignedPayload, expiresOther],
  [unsignedPayload, secretWithWhitespace],
  [unsignedPayload, serviceOther],
  [unsignedPayload, regionOther],
  // Signed for the endpoint's URL as a whole.
  [hostIsEndpoint, hostWithPort],
  [hostIsEndpoint, userCase],
  [hostIsEndpoint, resourceTypeAdded],
  [hostIsEndpoint, resourceTypeDropped],
  [hostIsEndpoint, sessionTokenDropped],
  [hostIsEndpoint, sessionTokenAdded],
  [hostIsEndpoint, pathOther],
  [hostIsEndpoint, parameterDropped],
  [hostIsEndpoint, secretWithWhitespace],
  [hostIsEndpoint, encodingPlus],
  [hostIsEndpoint, encodingUnescaped],
  [hostIsEndpoint, encodingDouble],
  [hostIsEndpoint, methodOther],
  [hostIsEndpoint, expiresOther],
  [hostIsEndpoint, serviceOther],
  [hostIsEndpoint, regionOther],
  // Names as a person types them.
  [nameCase, userCase],
  [nameCase, hostWithPort],
  // A port is added when the URL is made, and so may be the rest.
  [hostWithPort, methodOther],
  [hostWithPort, pathOther],
  // Parameters added after signing, or taken away.
  [resourceTypeAdded, sessionTokenAdded],
  [resourceTypeAdded, parameterAdded],
  [resourceTypeDropped, parameterDropped],
  [sessionTokenAdded, expiresOther],
  [parameterAdded, sessionTokenAdded],
  // Written by hand, from a description of SigV4 for another service.
  [pathOther, methodOther],
  [encodingUnescaped, pathOther],
  [encodingPlus, encodingUnescaped],
  [sessionTokenAdded, encodingUnescaped],
  [sessionTokenDecoded, encodingUnescaped],
  [serviceOther, resourceTypeAdded],
  [serviceOther, resourceTypeDropped],
  // Another cache's settings.
  [regionOther, serviceOther],
];
