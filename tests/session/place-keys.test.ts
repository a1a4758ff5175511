/** The editor of credentials files: nothing is lost, nothing else is touched, and others read what it wrote as it was meant. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { linesOf, textOf } from "../../src/session/ini-lines.ts";
import { sectionsOf } from "../../src/session/ini-sections.ts";
import { placeKeys } from "../../src/session/place-keys.ts";
import { readProfile } from "../../src/session/read-profile.ts";
import { runs } from "../runs.ts";
import { iniFile } from "./arbitrary-ini.ts";
import { readBySdk } from "./sdk-reader.ts";

const keys = {
  accessKeyId: "ASIAQNZGKIQY56JQ7WML",
  secretAccessKey: "session/secret+key",
  sessionToken: "IQoJb3JpZ2luX2VjE==",
};
const placed = (text: string, profile = "dev") => placeKeys(text, profile, keys, "a remark");

test("ini: taken apart and put together, any text is the same", () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom("[a]", "a = b", "\r", "\n", "\r\n", "\ufeff", "# c", "  x=", "\u2028"),
  );
  fc.assert(
    fc.property(
      fc.array(line).map((parts) => parts.join("")),
      (text) => {
        assert.equal(textOf(linesOf(text)), text);
      },
    ),
    runs(2_000),
  );
});

test("ini: with a session in place of one profile's keys, every other section is byte for byte what it was", () => {
  fc.assert(
    fc.property(iniFile, fc.constantFrom("dev", "default", "nobody"), ({ text }, profile) => {
      const before = sectionTexts(text).filter(([name]) => name !== profile);
      const after = sectionTexts(placed(text, profile)).filter(([name]) => name !== profile);
      // What is added behind the last line may end that.
      const last = before.at(-1);
      if (last && !/[\r\n]$/.test(last[1])) last[1] += text.includes("\r\n") ? "\r\n" : "\n";
      const final = after.at(-1);
      if (final && !/[\r\n]$/.test(final[1])) final[1] += text.includes("\r\n") ? "\r\n" : "\n";
      assert.deepEqual(after, before);
    }),
    runs(2_000),
  );
});

test("ini: of the profile itself, no line but its keys is touched, and their order stays", () => {
  fc.assert(
    fc.property(iniFile, ({ text, profiles }) => {
      const isOther = (line: string) =>
        !/^\s*(?:aws_access_key_id|aws_secret_access_key|aws_session_token)\s*=|a remark/.test(line);
      const nested = /^ {2}aws_access_key_id/;
      const kept = (text: string) => text.split(/\r?\n/).filter((line) => isOther(line) || nested.test(line));
      const [profile = "dev"] = profiles;
      const before = kept(text);
      const after = kept(placed(text, profile));
      if (profiles.length > 0) assert.deepEqual(after.filter(Boolean), before.filter(Boolean));
    }),
    runs(2_000),
  );
});

test("ini: the AWS SDK for JavaScript reads the session's keys, and all else as before", async () => {
  await fc.assert(
    fc.asyncProperty(iniFile, fc.constantFrom("dev", "default", "nobody"), async ({ text }, profile) => {
      const before = await readBySdk(text);
      const expected = {
        ...before,
        [profile]: {
          ...before[profile],
          aws_access_key_id: keys.accessKeyId,
          aws_secret_access_key: keys.secretAccessKey,
          aws_session_token: keys.sessionToken,
        },
      };
      assert.deepEqual(await readBySdk(placed(text, profile)), expected);
    }),
    runs(1_000),
  );
});

test("ini: placing twice gives what placing once gives, but for the remark", () => {
  fc.assert(
    fc.property(iniFile, ({ text }) => {
      const withoutRemarks = (text: string) => text.replace(/^[ \t]*# a remark\r?\n/gm, "");
      assert.equal(withoutRemarks(placed(placed(text))), withoutRemarks(placed(text)));
    }),
    runs(500),
  );
});

test("ini: our own reader and the SDK's read the same of every profile", async () => {
  await fc.assert(
    fc.asyncProperty(iniFile, async ({ text, profiles }) => {
      const theirs = await readBySdk(text);
      for (const profile of profiles.filter((name) => !name.includes(" "))) {
        const ours = readProfile({ config: "", credentials: text }, profile) ?? {};
        for (const name of ["aws_access_key_id", "region", "role_arn", "source_profile", "mfa_serial"])
          assert.equal(ours[name], theirs[profile]?.[name], `${profile} ${name}`);
      }
    }),
    runs(500),
  );
});

/** What is there, and what it becomes; `|` stands for the ends of lines. */
const cases: readonly (readonly [what: string, before: string, after: string])[] = [
  [
    "keys are replaced where they stand, the token is put before them",
    "[dev]|aws_access_key_id = A|aws_secret_access_key = B|region = x|",
    "[dev]|# a remark|aws_session_token = T|aws_access_key_id = I|aws_secret_access_key = S|region = x|",
  ],
  ["no file at all", "", "[dev]|# a remark|aws_access_key_id = I|aws_secret_access_key = S|aws_session_token = T|"],
  [
    "a file that does not end its last line",
    "[a]|b = c",
    "[a]|b = c|[dev]|# a remark|aws_access_key_id = I|aws_secret_access_key = S|aws_session_token = T|",
  ],
  [
    "a section that is only a header, at the end",
    "[dev]",
    "[dev]|# a remark|aws_access_key_id = I|aws_secret_access_key = S|aws_session_token = T|",
  ],
  [
    "a section without keys gets them below its header, indented as what follows",
    "[dev]|  region = x|  output = y|",
    "[dev]|  # a remark|  aws_access_key_id = I|  aws_secret_access_key = S|  aws_session_token = T|  region = x|  output = y|",
  ],
  [
    "indented keys keep their indent",
    "[dev]|  aws_access_key_id = A|  aws_secret_access_key = B|",
    "[dev]|  # a remark|  aws_session_token = T|  aws_access_key_id = I|  aws_secret_access_key = S|",
  ],
  [
    "keys nested below another setting are that setting's",
    "[dev]|s3 =|  aws_access_key_id = N|aws_access_key_id = A|aws_secret_access_key = B|aws_session_token = C|",
    "[dev]|s3 =|  aws_access_key_id = N|# a remark|aws_access_key_id = I|aws_secret_access_key = S|aws_session_token = T|",
  ],
  [
    "upper case, a colon and a comment behind the value become what all read",
    "[dev]|AWS_ACCESS_KEY_ID : A|aws_secret_access_key=B # mine|",
    "[dev]|# a remark|aws_session_token = T|aws_access_key_id = I|aws_secret_access_key = S|",
  ],
  [
    "boto's old name of the token is replaced too: it would come first",
    "[dev]|aws_access_key_id = A|aws_secret_access_key = B|aws_security_token = C|aws_session_token = D|",
    "[dev]|# a remark|aws_access_key_id = I|aws_secret_access_key = S|aws_security_token = T|aws_session_token = T|",
  ],
  [
    "a section or a setting that stands twice is replaced twice",
    "[dev]|aws_access_key_id = A|aws_access_key_id = A2|[x]|[dev]|aws_secret_access_key = B|aws_session_token = C|",
    "[dev]|# a remark|aws_access_key_id = I|aws_access_key_id = I|[x]|[dev]|aws_secret_access_key = S|aws_session_token = T|",
  ],
  [
    "in a credentials file [profile dev] is another profile",
    "[profile dev]|aws_access_key_id = A|[dev-2]|x = y|",
    "[profile dev]|aws_access_key_id = A|[dev-2]|x = y|[dev]|# a remark|aws_access_key_id = I|aws_secret_access_key = S|aws_session_token = T|",
  ],
  [
    "what was nested below a token without a value goes with it",
    "[dev]|aws_access_key_id = A|aws_secret_access_key = B|aws_session_token =|  region = n|# kept|region = x|",
    "[dev]|# a remark|aws_access_key_id = I|aws_secret_access_key = S|aws_session_token = T|# kept|region = x|",
  ],
  [
    "what the SDK takes for a key and the AWS CLI for more of the setting above",
    "[dev]|region = x|  aws_access_key_id = A|aws_secret_access_key = B|aws_session_token = C|",
    "[dev]|region = x|  # a remark|  aws_access_key_id = I|aws_secret_access_key = S|aws_session_token = T|",
  ],
  [
    "what the AWS CLI takes for a key and the SDK for nested",
    "[dev]|  s3 =|  aws_access_key_id = A|  aws_secret_access_key = B|  aws_session_token = C|",
    "[dev]|  s3 =|  # a remark|  aws_access_key_id = I|  aws_secret_access_key = S|  aws_session_token = T|",
  ],
  [
    "a header with spaces and a comment",
    "[ dev ]  # mine|aws_access_key_id = A|aws_secret_access_key = B|aws_session_token = C|",
    "[ dev ]  # mine|# a remark|aws_access_key_id = I|aws_secret_access_key = S|aws_session_token = T|",
  ],
];

for (const [what, before, after] of cases) {
  for (const ending of ["\n", "\r\n", "\r"]) {
    test(`ini: ${what} (${JSON.stringify(ending)})`, () => {
      const made = placeKeys(
        before.replaceAll("|", ending),
        "dev",
        { accessKeyId: "I", secretAccessKey: "S", sessionToken: "T" },
        "a remark",
      );
      // A file without a line to learn from gets LF.
      const usual = before.includes("|") ? ending : "\n";
      assert.equal(made, after.replaceAll("|", usual));
    });
  }
}

test("ini: a byte order mark stays, and hides no section behind it", () => {
  const text = "\ufeff[dev]\naws_access_key_id = A\n";
  assert.equal(textOf(linesOf(text)), text);
  assert.equal(sectionsOf(linesOf(text))[0]?.name, "dev");
});

test("ini: a profile is read out of both files, the credentials file first", () => {
  const config =
    '[default]\nregion = d\n[profile dev]\nregion = c\nmfa_serial = M\n[dev]\nregion = no\n[profile "q x"]\nregion = q\n';
  const credentials = "[dev]\nregion = k\naws_access_key_id = A\n";
  const read = (name: string) => readProfile({ config, credentials }, name);
  assert.deepEqual(read("dev"), { region: "k", mfa_serial: "M", aws_access_key_id: "A" });
  assert.deepEqual(read("default"), { region: "d" });
  assert.deepEqual(read("q x"), { region: "q" });
  assert.equal(read("nobody"), null);
});

function sectionTexts(text: string): [name: string, text: string][] {
  const lines = linesOf(text);
  return sectionsOf(lines).map(({ name, at, end }) => [name, textOf(lines.slice(at, end))]);
}
