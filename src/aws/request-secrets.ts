import type { Report } from "../terminal/report.ts";

const secretHeaders = ["x-amz-security-token", "x-amz-sso_bearer_token"];
const secretFields = /(?:WebIdentityToken|clientSecret|refreshToken)["=:\s]+([^&"\s]+)/g;

/** What goes out in a request may come back in the answer: from then on no line shows it. */
export function hideSecretsOf(
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body?: unknown },
  report: Pick<Report, "hide">,
): void {
  for (const name of secretHeaders) report.hide(headers[name]);
  if (typeof body !== "string") return;
  for (const [, value = ""] of body.matchAll(secretFields)) report.hide(decoded(value));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
