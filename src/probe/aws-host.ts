/** Whether that is a host of AWS, whatever runs on it. */
export function isAwsHost(host: string): boolean {
  return /\.amazonaws\.com(\.cn)?$/i.test(host);
}

/** Whether that is a cache's host, or the pattern for some in a certificate: `*.my-cache.abc123.use1.cache.amazonaws.com`. */
export function isCacheHost(host: string): boolean {
  return /^[*\w.-]+\.(cache|memorydb\.[\w-]+)\.amazonaws\.com(\.cn)?$/i.test(host);
}
