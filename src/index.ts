export { explainRefusal } from "./client/explain-refusal.ts";
export {
  type AuthenticatedConnection,
  type KeepAuthenticatedOptions,
  type KeptAuthenticated,
  keepAuthenticated,
  type Reauthenticated,
  type ReauthenticationFailed,
} from "./client/keep-authenticated.ts";
export type { Failure } from "./client/keep-fresh.ts";
export type { ProviderCounters, ProviderEvents, TokenProvider } from "./client/token-provider.ts";
export type { Clock } from "./client/wait.ts";
export type { Decision } from "./emulate/decision.ts";
export { CacheauthError, type ErrorCode, type Notice } from "./errors.ts";
export type { Finding } from "./findings/finding.ts";
export { type CreateTokenOptions, createToken, type TargetInput } from "./library.ts";
export { type Emulator, type EmulatorOptions, startEmulator } from "./library-emulator.ts";
export {
  type LintOptions,
  lintToken,
  type ParsedInput,
  parseToken,
  type VerifyOptions,
  verifyToken,
} from "./library-judgement.ts";
export { type TokenProviderOptions, tokenProvider } from "./library-provider.ts";
export type { Judgement } from "./lint/judgement.ts";
export { rules } from "./lint/registry.ts";
export type { Expected, Found, Rule, Subject } from "./lint/rule.ts";
export { type Endpoint, parseEndpoint } from "./target/endpoint.ts";
export type { Kind, Service, Target } from "./target/kinds.ts";
export type { Token } from "./token/create-token.ts";
export type { DecodedToken } from "./token/decode.ts";
export type { Credentials } from "./token/sign.ts";
export type { SignatureCheck } from "./token/verify.ts";
