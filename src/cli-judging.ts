/**
 * The commands that read and judge a token, loaded together: with a chunk of its own for each, what they share with
 * `token` falls into ten small chunks instead of seven, and every token costs 0.5 ms more.
 */
export { decode } from "./commands/decode/command.ts";
export { lint } from "./commands/lint/command.ts";
export { verify } from "./commands/verify/command.ts";
