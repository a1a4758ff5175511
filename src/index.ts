export { CacheauthError, type ErrorCode, type Notice } from "./errors.ts";
export { createToken } from "./library.ts";
export { type Endpoint, parseEndpoint } from "./target/endpoint.ts";
