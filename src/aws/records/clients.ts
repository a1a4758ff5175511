import { type Found, identityOf, type Sdk } from "../sdk.ts";

/**
 * How a client of the SDK is made for looking up: with the credentials at hand, twice at most, and our way to AWS. Endpoints
 * by AWS_ENDPOINT_URL and its forms, FIPS and dual-stack are the SDK's own, from environment and profile.
 */
export function clientOptions({ clientConfig, logger, words }: Sdk, credentials: Found, region: string) {
  const profile = words.profile === undefined ? {} : { profile: words.profile };
  return { region, credentials: identityOf(credentials), maxAttempts: 2, logger, ...profile, ...clientConfig };
}

/** Pages of a list, until there is no next one; no account has more than `mostPages` of what is listed here. */
export async function allPages<Page, Item>(
  ask: (next: string | undefined) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
  nextOf: (page: Page) => string | undefined,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let next: string | undefined;
  for (let count = 0; count < mostPages; count += 1) {
    const page = await ask(next);
    items.push(...(itemsOf(page) ?? []));
    next = nextOf(page) || undefined;
    if (next === undefined) break;
  }
  return items;
}

const mostPages = 30;
