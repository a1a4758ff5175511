import { examine } from "../../doctor/doctor.ts";
import { permissionsPolicy } from "../../doctor/permissions.ts";
import { CacheauthError } from "../../errors.ts";
import { defineCommand } from "../command.ts";
import { walked } from "../walked.ts";
import { commandLine } from "./command-line.ts";
import { exitCodeOf } from "./exit.ts";
import { doctorFlags } from "./flags.ts";
import { kindAsked, planExamination } from "./plan.ts";
import { writeReport } from "./report.ts";
import { doctorText } from "./text.ts";

export const doctor = defineCommand({
  name: "doctor",
  summary: "why a login fails: credentials, clock, token, network, login, and AWS's records",
  words: ["ENDPOINT"],
  flags: doctorFlags,
  refuses: ["at"],
  exits: [0, 1, 2, 3, 4, 5, 70],
  examples: [
    ["why the login fails", "cacheauth doctor master.my-cache.abc123.use1.cache.amazonaws.com -u my-user"],
    [
      "with the token that a program uses",
      "cacheauth doctor master.my-cache.abc123.use1.cache.amazonaws.com -u my-user --token-env REDISCLI_AUTH",
    ],
    [
      "by the name; AWS's record tells the endpoint",
      "cacheauth doctor --serverless-cache-name my-cache -r us-east-1 -u my-user",
    ],
    ["what it may look at, as a policy", "cacheauth doctor --permissions"],
  ],
  async run(call) {
    const { runtime, report, flags } = call;
    const { host } = runtime;
    if (call.at !== undefined) {
      throw new CacheauthError(
        "flag-conflict",
        "doctor does not take --at: it logs in now.",
        "Drop --at; cacheauth lint judges a token as of then.",
      );
    }
    if (flags.permissions) {
      await report.answer(
        { ...permissionsPolicy(kindAsked(call)), notices: [] },
        ({ notices, ...policy }) => `${JSON.stringify(policy, null, 2)}\n`,
      );
      return 0;
    }
    if (flags.report === "-") {
      throw new CacheauthError(
        "flag-value-invalid",
        "--report - is no file.",
        "Name a file; the answer itself goes to stdout.",
      );
    }
    const plan = await planExamination(call);
    const ports = { net: await runtime.net(), hash: runtime.hash, clock: host };
    const { result, signal } = await walked(call, (walking) =>
      examine(plan.request, ports, { limitMs: plan.limitMs, ...walking }),
    );
    const { ok, verdict, checks } = result;
    const { target, user, endpoint } = plan.request;
    const answer = { ok, target, user, endpoint, verdict, checks, notices: plan.notices() };
    const path = flags.report;
    if (path === undefined) {
      await report.tell(answer, doctorText);
      return exitCodeOf(result, signal);
    }
    const line = commandLine(call, answer);
    const failure = await writeReport(path, { answer, stages: result.stages, line }, host).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    const written = failure ? [] : [{ code: "report-written", message: `The report for a ticket is in ${path}.` }];
    // What was found is shown though a disk is full; to a person the report comes after it.
    await report.tell(report.json ? { ...answer, notices: [...answer.notices, ...written] } : answer, doctorText);
    if (failure) throw failure.error;
    if (!report.json) await report.tell({ notices: written }, () => "", "stderr");
    return exitCodeOf(result, signal);
  },
});
