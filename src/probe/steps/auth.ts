import type { Finding } from "../../findings/finding.ts";
import { text } from "../../resp/value.ts";
import { type Ended, failed, type Outcome, ok, type PlannedStep, type StepTime } from "../../walk/step.ts";
import { type Answer, type Conversation, converse } from "../conversation.ts";
import { noReply } from "../diagnose/no-reply.ts";
import { explainRefusal } from "../diagnose/refusal.ts";
import { isSentinel, sentinel } from "../diagnose/sentinel.ts";
import { liveFinding } from "../finding.ts";
import { readHello } from "../hello.ts";
import type { Progress } from "../progress.ts";
import type { Login, ProbePorts, ProbeRequest } from "../request.ts";
import { lookAtPeer } from "../second-look.ts";
import { serverWords } from "../server-words.ts";

/** Logs in, by HELLO 3 with AUTH in it or by AUTH, and asks who one became: an OK alone proves nothing. */
export function authStep(request: ProbeRequest, progress: Progress, ports: ProbePorts): PlannedStep {
  const { login } = request;
  return {
    name: "auth",
    needs: ["token", "connect", "tls"],
    run: login === null ? null : (time) => logIn(login, request, progress, ports, time),
  };
}

async function logIn(
  login: Login,
  request: ProbeRequest,
  progress: Progress,
  ports: ProbePorts,
  time: StepTime,
): Promise<Outcome> {
  const { connection, token } = progress;
  if (!connection || !token) throw new TypeError("the steps before gave no connection or no token");
  const conversation = converse(connection);
  progress.conversation = conversation;
  const { resp, ended } = await sendLogin(["AUTH", login.user, token.text], request.resp, conversation, progress, time);
  const detail = { resp, whoami: null, whoamiRefused: null };
  const command = resp === 3 ? "HELLO 3 AUTH" : "AUTH";
  const speaksTls = async () => (await lookAtPeer(request, progress, ports, time)) !== null;
  const asked = { command, request, token: token.text, speaksTls };
  const answer = ended.end === "done" ? ended.value[0] : undefined;
  if (answer?.kind === "refusal") {
    const words = serverWords(answer.words, token.text);
    return failed(
      await explainRefused(words, command, { login, inClearText: request.tls === null }, progress, ports, time),
      detail,
    );
  }
  if (answer?.kind !== "reply") return failed([await noReply(asked, ended)], detail);
  progress.resp = resp;
  if (resp === 3) progress.hello = readHello(answer.value);
  const who = await time.within((signal) => conversation.ask([["ACL", "WHOAMI"]], signal));
  const told = who.end === "done" ? who.value[0] : undefined;
  if (told?.kind === "foreign") return failed([await noReply({ ...asked, command: "ACL WHOAMI" }, who)], detail);
  return whoAmI(login.user, resp, told, who.end, token.text);
}

/** With HELLO 3 first; with AUTH where that is what was asked for, or where HELLO is not known. */
async function sendLogin(
  auth: readonly string[],
  wanted: 2 | 3 | null,
  conversation: Conversation,
  progress: Progress,
  time: StepTime,
): Promise<{ readonly resp: 2 | 3; readonly ended: Ended<readonly Answer[]> }> {
  if (wanted !== 2) {
    const ended = await time.within((signal) => conversation.ask([["HELLO", "3", ...auth]], signal));
    const [answer] = ended.end === "done" ? ended.value : [];
    if (wanted === 3 || !isHelloRefused(answer)) return { resp: 3, ended };
    progress.isHelloForbidden = answer?.kind === "refusal" && /^NOPERM\b/.test(answer.words);
  }
  return { resp: 2, ended: await time.within((signal) => conversation.ask([auth], signal)) };
}

/**
 * Unknown to Redis before 6, or to a proxy, which may say that a login must come first; NOPROTO where only RESP2 is spoken.
 */
function isHelloRefused(answer: Answer | undefined): boolean {
  return (
    answer?.kind === "refusal" &&
    /^ERR unknown command|^NOPROTO\b|^NOAUTH\b|^NOPERM\b.*hello|wrong number of arguments for 'hello'/i.test(
      answer.words,
    )
  );
}

/** Credentials may come from a command or a service: a moment more than a look has. */
const mostForCredentialsMs = 5_000;

async function explainRefused(
  words: string,
  command: string,
  { login, inClearText }: { readonly login: Login; readonly inClearText: boolean },
  progress: Progress,
  { hash }: ProbePorts,
  time: StepTime,
): Promise<readonly Finding[]> {
  const { conversation, token } = progress;
  if (!/^WRONGPASS\b/.test(words) || !conversation || !token) return [explainRefusal(words, command)];
  // Who answers now lets anyone in, and a Sentinel tells what it is.
  const looked = await time.afterwards((signal) => conversation.ask([["PING"], ["INFO", "server"]], signal));
  const [ping, info] = looked.end === "done" ? looked.value : [];
  if (isSentinel(info)) return [sentinel()];
  const madeHere = login.from === "credentials";
  const found = madeHere ? null : await time.afterwards(() => login.find(), mostForCredentialsMs);
  if (found?.end === "failed") throw found.error;
  const credentials = found?.end === "done" ? found.value : null;
  const openToAll = ping?.kind === "reply";
  // Only who is refused needs all of this.
  const { explainWrongpass } = await import("../diagnose/wrongpass.ts");
  const { user } = login;
  const linted = await token.linted();
  return explainWrongpass({ words, user, linted, credentials, madeHere, openToAll, inClearText }, hash);
}

function whoAmI(
  user: string,
  resp: 2 | 3,
  answer: Answer | undefined,
  end: Ended<unknown>["end"],
  token: string,
): Outcome {
  const detail = { resp, whoami: null, whoamiRefused: null };
  if (answer?.kind === "refusal") return ok({ ...detail, whoamiRefused: serverWords(answer.words, token) });
  if (answer?.kind !== "reply") return failed([brokenOff(end === "timeout")], detail);
  const name = text(answer.value) ?? "";
  if (name === user) return ok({ ...detail, whoami: user });
  const whoami = serverWords(name, token);
  return failed(
    [
      liveFinding(
        "user-differs",
        `The server said OK, yet ACL WHOAMI says "${whoami}", not "${user}": nobody looked at the token, or another was let in.`,
        "Connect to the cache itself and not to a proxy that logs in on its own, and see that the user named default needs a password there.",
      ),
    ],
    { ...detail, whoami },
  );
}

function brokenOff(isSilent: boolean): Finding {
  return liveFinding(
    isSilent ? "no-answer" : "closed-after-auth",
    `The server took the login (OK) and then ${isSilent ? "answered nothing more" : "closed the connection at the first command"}. It is not the token.`,
    "Try again; if it stays so, look at the cache's events and at what stands between.",
    isSilent ? "likely" : "certain",
  );
}
