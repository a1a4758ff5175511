/** One thing to set up: looked for, made where it is missing, changed where it was said to exist. */
export interface Step {
  /** What comments and messages call it: `the user my-user`. */
  readonly what: string;
  /** What it is for: a sentence. */
  readonly about: string;
  /** The shell function that describes it, which is `look_` and this. */
  readonly id: string;
  readonly look: Words;
  /** Null: it must exist. */
  readonly make: Words | null;
  /** What must be so of one that exists. */
  readonly checks: readonly Check[];
  /** Where its state stands in what describes it; null where it has none. */
  readonly status: string | null;
}

interface Check {
  /** What is asked of the description, in JMESPath; a whole command where the description does not tell. */
  readonly ask: string | Words;
  /** Nothing to do for these. */
  readonly good: Words;
  /** Answers that `change` is for: `*` for all. Others stop the script. */
  readonly changeable: readonly string[];
  readonly change: Words | null;
  /** What it answers once the change is done; it is waited for. */
  readonly wanted?: string;
  /** What else the change does, said at that moment. */
  readonly warns?: string;
  /** Why it stops there, and what to do. */
  readonly otherwise: string;
}

/** A word of a command: a text as it is, or what the shell fills in. */
export type Word = string | Filled;
export type Words = readonly Word[];

interface Filled {
  /** As it stands in the script. */
  readonly shell: string;
}

export function filled(shell: string): Filled {
  return { shell };
}
