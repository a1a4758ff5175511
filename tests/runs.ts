/** How often a property is tried: as often as the test says, or for --long as often as CACHEAUTH_FUZZ_RUNS says. */
export function runs(usual: number): { numRuns: number } {
  return { numRuns: Math.max(usual, Number(process.env["CACHEAUTH_FUZZ_RUNS"] ?? 0)) };
}
