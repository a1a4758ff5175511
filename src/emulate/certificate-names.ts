/** What the certificate names: this machine's loopback by every name, what is listened on, and what else is asked for. */
export function certificateNames(host: string, more: readonly string[]): readonly string[] {
  const own = isUnspecified(host) ? [] : [host];
  return [...new Set(["localhost", "127.0.0.1", "::1", ...own, ...more])];
}

/** Whether it stands for every address of this machine. */
export function isUnspecified(host: string): boolean {
  return /^(0\.0\.0\.0|[0:]+)$/.test(host);
}

/** Whether only programs of this machine reach it. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|::1)$/i.test(host);
}

/** Where a client on this machine connects to. */
export function reachableHost(host: string): string {
  return isUnspecified(host) ? (host.includes(":") ? "::1" : "127.0.0.1") : host;
}
