export type ColourChoice = "auto" | "always" | "never";

export interface Colour {
  bold(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  dim(text: string): string;
}

/**
 * Whether to colour: the flag, then NO_COLOR and FORCE_COLOR (any value but an empty one, and for FORCE_COLOR but 0),
 * then whether it is a terminal that can.
 */
export function wantsColour(
  choice: ColourChoice,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (choice !== "auto") return choice === "always";
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return env["FORCE_COLOR"] !== "0";
  return isTerminal && env["TERM"] !== "dumb";
}

export function createColour(on: boolean): Colour {
  const style = (open: number, close: number) => (text: string) =>
    on ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return { bold: style(1, 22), red: style(31, 39), yellow: style(33, 39), green: style(32, 39), dim: style(2, 22) };
}
