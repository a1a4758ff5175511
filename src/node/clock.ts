export function nodeNow(): Date {
  return new Date();
}

export function nodeNowMs(): number {
  return Date.now();
}

/** The offset says what no name of a zone does to everybody; where it is none, the zone is UTC. */
export function localTime(time: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const ahead = -time.getTimezoneOffset();
  const offset = `${ahead < 0 ? "-" : "+"}${two(Math.floor(Math.abs(ahead) / 60))}:${two(Math.abs(ahead) % 60)}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())} ${ahead === 0 ? "UTC" : offset}`;
}
