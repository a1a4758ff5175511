import type { Query, SignedRequest } from "../signed-request.ts";

/** Requests that differ from another in their parameters alone. */

export function withParameter(request: SignedRequest, name: string, value: string): SignedRequest {
  return { ...request, query: [...request.query, [name, value]] };
}

export function withoutParameter(request: SignedRequest, unwanted: string): SignedRequest {
  return { ...request, query: request.query.filter(([name]) => name !== unwanted) };
}

/** Changes every value of the parameter with that name; of all parameters where `null`. */
export function withValues(
  request: SignedRequest,
  wanted: string | null,
  change: (value: string) => string,
): SignedRequest {
  const query: Query = request.query.map((pair) =>
    wanted === null || pair[0] === wanted ? [pair[0], change(pair[1])] : pair,
  );
  return { ...request, query };
}

export function hasParameter(request: SignedRequest, wanted: string): boolean {
  return request.query.some(([name]) => name === wanted);
}

/** The first value of that name; empty where there is none. */
export function firstValue(request: SignedRequest, wanted: string): string {
  return request.query.find(([name]) => name === wanted)?.[1] ?? "";
}
