import type { Finding } from "../../findings/finding.ts";
import { text } from "../../resp/value.ts";
import { failed, type Outcome, ok, type PlannedStep, type StepTime } from "../../walk/step.ts";
import { type Answer, converse } from "../conversation.ts";
import { noReply, unanswered } from "../diagnose/no-reply.ts";
import { explainRefusal } from "../diagnose/refusal.ts";
import { explainWrongpass } from "../diagnose/wrongpass.ts";
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
  const { user } = login;
  const auth = ["AUTH", user, token.text];
  let resp: 2 | 3 = request.resp ?? 3;
  let ended = await time.within((signal) => conversation.ask([resp === 3 ? ["HELLO", "3", ...auth] : auth], signal));
  if (resp === 3 && request.resp === null && ended.end === "done" && isHelloUnknown(ended.value[0])) {
    resp = 2;
    ended = await time.within((signal) => conversation.ask([auth], signal));
  }
  const detail = { resp, whoami: null, whoamiRefused: null };
  const asked = resp === 3 ? "HELLO 3 AUTH" : "AUTH";
  if (ended.end !== "done") return failed([unanswered(asked, ended)], detail);
  const [answer] = ended.value;
  if (answer?.kind !== "reply") {
    if (answer?.kind !== "refusal")
      return failed(
        await noReply(
          asked,
          answer,
          request,
          token.text,
          async () => (await lookAtPeer(request, progress, ports, time)) !== null,
        ),
        detail,
      );
    return failed(await refused(serverWords(answer.words, token.text), asked, login, progress, ports, time), detail);
  }
  progress.resp = resp;
  if (resp === 3) progress.hello = readHello(answer.value);
  return whoAmI(user, resp, progress, time);
}

/** Unknown to Redis before 6, or to a proxy; NOPROTO where only RESP2 is spoken. */
function isHelloUnknown(answer: Answer | undefined): boolean {
  return (
    answer?.kind === "refusal" &&
    /^ERR unknown command|^NOPROTO\b|^NOPERM\b.*hello|wrong number of arguments for 'hello'/i.test(answer.words)
  );
}

async function refused(
  words: string,
  asked: string,
  login: Login,
  progress: Progress,
  { hash }: ProbePorts,
  time: StepTime,
): Promise<readonly Finding[]> {
  const { conversation, token } = progress;
  if (!/^WRONGPASS\b/.test(words) || !conversation || !token) return [explainRefusal(words, asked)];
  const madeHere = login.from === "credentials";
  // Who answers a PING now lets anyone in.
  const pinged = await time.within((signal) => conversation.ask([["PING"]], signal), 1_000);
  const openToAll = pinged.end === "done" && pinged.value[0]?.kind === "reply";
  const found = madeHere ? null : await time.within(() => login.find());
  const credentials = found?.end === "done" ? found.value : null;
  return explainWrongpass({ words, user: login.user, linted: token.linted, credentials, madeHere, openToAll }, hash);
}

async function whoAmI(user: string, resp: 2 | 3, progress: Progress, time: StepTime): Promise<Outcome> {
  const { conversation, token } = progress;
  if (!conversation) throw new TypeError("there is no conversation");
  const ended = await time.within((signal) => conversation.ask([["ACL", "WHOAMI"]], signal));
  const detail = { resp, whoami: null, whoamiRefused: null };
  const answer = ended.end === "done" ? ended.value[0] : undefined;
  if (answer?.kind === "refusal")
    return ok({ ...detail, whoamiRefused: serverWords(answer.words, token?.text ?? null) });
  if (answer?.kind !== "reply") return failed([brokenOff(ended.end === "timeout")], detail);
  const whoami = serverWords(text(answer.value) ?? "", token?.text ?? null);
  if (whoami === user) return ok({ ...detail, whoami });
  return failed(
    [
      liveFinding(
        "user-differs",
        `The server said OK, yet ACL WHOAMI says "${whoami}", not "${user}": the login was not taken for what it is.`,
        "Connect to the cache itself and not to a proxy that logs in on its own, and see that the user named default needs a password there.",
      ),
    ],
    { ...detail, whoami },
  );
}

function brokenOff(silent: boolean) {
  return liveFinding(
    silent ? "no-answer" : "closed-after-auth",
    `The server took the login (OK) and then ${silent ? "answered nothing more" : "closed the connection at the first command"}. The token was right.`,
    "Try again; if it stays so, look at the cache's events and at what stands between.",
  );
}
