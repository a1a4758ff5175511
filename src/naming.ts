/**
 * What an option is called by whoever can give it: the words of errors and notices are the same on the command line and in
 * a program, but for these. The library's are here, the flags in commands/flag-naming.ts.
 */
export interface Naming {
  /** The option, or as it is written with a value. */
  option(name: OptionName, value?: string): string;
  /** Where an endpoint stands that is given without a name: "Give the endpoint as …". */
  readonly endpointPlace: string;
  /** What else can name a target, the end of a list. */
  readonly elsewhere: string;
}

/** By the names that the library has for them. */
export type OptionName =
  | "endpoint"
  | "replicationGroupId"
  | "serverlessCacheName"
  | "memorydbCluster"
  | "region"
  | "fault"
  | "names"
  | "plaintext"
  | "upstream";

export const optionNaming: Naming = {
  option: (name, value) => (value === undefined ? name : `${name}: ${JSON.stringify(value)}`),
  endpointPlace: "the target",
  elsewhere: "",
};
