/** How the scripts of `cacheauth completion` ask: the first argument; then the shell, then what is on the line. */
export const request = "__complete";

/** Where PowerShell's script puts the words, a line each: older ones drop arguments that are empty, and break those with quotes. */
export const variable = "CACHEAUTH_COMPLETE";
