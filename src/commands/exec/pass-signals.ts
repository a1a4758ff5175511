import type { Child, Host, SignalName } from "../../runtime.ts";

type SignalHost = Pick<Host, "onSignals" | "terminalPlace">;

/**
 * What a person or a service sends to one process. A hang-up among them: the system tells it to the leader of a session alone,
 * which may be this process (`ssh -t`, `docker run -t`), and to be told twice that the terminal is gone does no harm.
 */
const sent = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGALRM"] as const;
/** What a terminal sends to all processes in its foreground, the child as well. */
const typed = ["SIGINT", "SIGQUIT", "SIGWINCH"] as const;
/** Only without a terminal: at one, Ctrl-Z stops both and `fg` wakes both, as it should be. */
const jobControl = ["SIGTSTP", "SIGCONT", "SIGTTIN", "SIGTTOU"] as const;

export interface Passing {
  /** From now on this one gets them, those first that came before. */
  to(child: Child): void;
  /** Signals do again what they did. */
  end(): void;
}

/**
 * Passes on to a child what this process is told, so that it is told once. Who sent a signal cannot be known; but what a terminal
 * sends comes while this process is in its foreground, and the child has it already.
 */
export async function passSignals(host: SignalHost): Promise<Passing> {
  const atStart = await host.terminalPlace();
  const early: SignalName[] = [];
  let child: Child | null = null;
  const pass = (signal: SignalName) => {
    if (child === null) early.push(signal);
    else child.kill(signal);
  };
  const got = async (signal: SignalName) => {
    const isTyped = (typed as readonly SignalName[]).includes(signal) && (await host.terminalPlace()) === "foreground";
    if (!isTyped) pass(signal);
  };
  const signals: readonly SignalName[] = [...sent, ...typed, ...(atStart === "none" ? jobControl : [])];
  // In the order in which they came.
  let last = Promise.resolve();
  const end = host.onSignals(signals, (signal) => {
    last = last.then(() => got(signal));
  });
  return {
    to(started) {
      child = started;
      for (const signal of early.splice(0)) started.kill(signal);
    },
    end,
  };
}
