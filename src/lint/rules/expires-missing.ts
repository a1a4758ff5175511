import { missingRule } from "../missing-parameter.ts";

export const expiresMissing = missingRule("expires-missing", "X-Amz-Expires", {
  absent: "There is no X-Amz-Expires: nothing says how long it is good for.",
  fix: () => "Put X-Amz-Expires=900 into the query before signing; Go's presigner does not do it by itself.",
});
