export interface Address {
  readonly host: string;
  readonly port: number;
}

/** As it is typed: an IPv6 address stands in brackets. */
export function addressText({ host, port }: Address): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
