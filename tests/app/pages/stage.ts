/** What must be there for a session, and what cannot be had here: a stage puts it up, and takes it down again. */

export interface Given {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What is typed, in place of what stands in the page. */
  readonly instead: readonly (readonly [there: RegExp, here: string])[];
}

export interface Stage {
  /** Ends the sentence "it needs …", for whoever writes a page. */
  readonly about: string;
  up(home: string, use: (given: Given) => Promise<void>): Promise<void>;
}

/** Nothing but variables and files. */
export function withoutServers(about: string, up: (home: string) => Promise<Partial<Given>> | Partial<Given>): Stage {
  return { about, up: async (home, use) => use({ env: {}, instead: [], ...(await up(home)) }) };
}
