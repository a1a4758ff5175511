import type { Notice } from "../errors.ts";
import type { Runtime } from "../runtime.ts";
import type { Report } from "../terminal/report.ts";
import type { CredentialWords } from "./credential-words.ts";
import { createMfaCodeProvider } from "./mfa.ts";
import { createRequestHandler, type RequestHandlerOptions } from "./request-handler.ts";
import { hideSecretsOf } from "./request-secrets.ts";
import type { Sdk } from "./sdk.ts";

/** What every provider of the SDK is handed. What the SDK warns of becomes notices. */
export function createSdk(
  words: CredentialWords,
  runtime: Runtime,
  report: Report,
  notices: Notice[],
  way: Pick<RequestHandlerOptions, "connectTimeoutMs" | "requestTimeoutMs" | "onAnswer"> = {},
): Sdk {
  const warn = (...content: unknown[]) => {
    const message = content.filter((part) => typeof part === "string").join(" ");
    // A failed call is logged as an object; whoever asked tells of it.
    if (message !== "") notices.push({ code: "aws-sdk", message: message.replace(/\s+/g, " ").trim() });
  };
  const quiet = () => {};
  const logger = { trace: quiet, debug: quiet, info: quiet, warn, error: warn };
  const { promise: awsAsked, resolve } = Promise.withResolvers<void>();
  const { env, readFile } = runtime.host;
  const requestHandler = createRequestHandler({
    ...way,
    env,
    readFile,
    logger,
    onRequest(request) {
      hideSecretsOf(request, report);
      resolve();
    },
  });
  const mfaCodeProvider = createMfaCodeProvider(words.mfaCode, runtime.io, report);
  return { words, runtime, report, clientConfig: { requestHandler }, awsAsked, mfaCodeProvider, logger };
}
