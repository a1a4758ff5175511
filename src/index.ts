export { CacheauthError, type ErrorCode, type Notice } from "./errors.ts";
export { type CreateTokenOptions, createToken, type TargetInput } from "./library.ts";
export { type Endpoint, parseEndpoint } from "./target/endpoint.ts";
export type { Kind, Service, Target } from "./target/kinds.ts";
export type { Token } from "./token/create-token.ts";
export type { Credentials } from "./token/sign.ts";
