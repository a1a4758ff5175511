import { spawnSync } from "node:child_process";

/**
 * Runs a command with a non-blocking pipe of 4,096 bytes as its stdout, as an ssh session or a parent of another runtime
 * may hand one on. Nothing is read before the pipe is full. By Perl, for no runtime here can make such a pipe.
 */
const script = `
use strict; use Fcntl;
pipe(my $r, my $w) or die; fcntl($w, 1031, 4096) or die "F_SETPIPE_SZ";
fcntl($w, F_SETFL, fcntl($w, F_GETFL, 0) | O_NONBLOCK) or die;
my $pid = fork() // die;
if ($pid == 0) { open(STDOUT, ">&", $w) or die; close $r; close $w; exec { $ARGV[0] } @ARGV; die }
close $w; binmode STDOUT; $| = 1;
for (my $held = pack("i", 0); unpack("i", $held) < 4096 && kill(0, $pid) && !eof_of($pid); ) { ioctl($r, 0x541B, $held); }
while (sysread($r, my $part, 1000)) { print $part }
waitpid($pid, 0) if !defined $main::status; exit(($main::status // $?) >> 8);
sub eof_of { require POSIX; my $gone = waitpid($_[0], POSIX::WNOHANG()); $main::status = $? if $gone > 0; return $gone > 0 }
`;

/** Null where this machine has no Perl, or pipes of another size. */
export function throughNarrowPipe(
  command: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } | null {
  if (process.platform !== "linux" || spawnSync("perl", ["-e", "1"]).status !== 0) return null;
  const options = { env, encoding: "utf8", timeout: 30_000, maxBuffer: 1 << 20 } as const;
  return spawnSync("perl", ["-e", script, ...command], options);
}
