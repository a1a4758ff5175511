/** Credentials files as people and tools write them: well-formed to the AWS CLI and to the SDK for JavaScript alike. */
import fc from "fast-check";

const name = fc.constantFrom("default", "dev", "prod", "my profile", "a.b", "Dev", "ümlaut", "x".repeat(40));
const setting = fc.constantFrom(
  "region",
  "output",
  "role_arn",
  "source_profile",
  "credential_process",
  "x_unknown",
  "mfa_serial",
);
/** Without `#` and `;` behind white space, which the two read differently, and not empty, which begins a nested setting. */
const value = fc.stringMatching(/^[A-Za-z0-9+/][A-Za-z0-9+/=:_ .-]{0,20}[A-Za-z0-9+/=]$/);
const secret = fc.stringMatching(/^[A-Za-z0-9+/]{16,40}$/);
const spaces = fc.constantFrom(" = ", "=", " =", "= ", "  =  ", "\t=\t");
const between = fc.constantFrom(
  "",
  "",
  "# a comment",
  "; another",
  "  # an indented one",
  "\t",
  "#aws_access_key_id = commented",
);

const plain = fc.tuple(setting, spaces, value).map(([name, equals, value]) => [`${name}${equals}${value}`]);
const nested = fc
  .array(fc.tuple(fc.constantFrom("max_concurrent_requests", "aws_access_key_id", "addressing_style"), value), {
    minLength: 1,
    maxLength: 3,
  })
  .map((pairs) => ["s3 =", ...pairs.map(([name, value]) => `  ${name} = ${value}`)]);

const keyNames = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"] as const;
const keys = fc
  .tuple(fc.shuffledSubarray([...keyNames], { minLength: 0 }), spaces, secret)
  .map(([names, equals, secret]) => names.map((name) => [`${name}${equals}${secret}`]));

/** One section: each setting once, for the AWS CLI takes no file in which one stands twice. */
const section = (name: string) =>
  fc
    .tuple(
      keys,
      fc.uniqueArray(fc.oneof({ weight: 4, arbitrary: plain }, { weight: 1, arbitrary: nested }), {
        selector: ([line = ""]) => line.split(/[ =\t]/, 1)[0],
        maxLength: 4,
      }),
      fc.array(between, { minLength: 8, maxLength: 8 }),
      fc.boolean(),
    )
    .map(([keys, others, comments, isMixed]) => {
      const settings = isMixed ? [...others.slice(1), ...keys, ...others.slice(0, 1)] : [...keys, ...others];
      const lines = settings.flatMap((lines, at) => {
        const comment = comments[at];
        return comment ? [...lines, comment] : lines;
      });
      return [`[${name}]`, ...lines];
    });

export interface IniFile {
  readonly text: string;
  readonly profiles: readonly string[];
}

/** A whole file, with LF or CRLF, with or without one at its end. */
export const iniFile: fc.Arbitrary<IniFile> = fc
  .tuple(
    fc
      .uniqueArray(name, { maxLength: 5 })
      .chain((names) => fc.tuple(fc.constant(names), fc.tuple(...names.map(section)))),
    fc.constantFrom("\n", "\r\n"),
    fc.boolean(),
    fc.array(between, { maxLength: 2 }),
  )
  .map(([[profiles, sections], ending, isEnded, head]) => {
    const lines = [...head.filter((line) => line.trim() !== ""), ...sections.flat()];
    return { text: lines.join(ending) + (isEnded && lines.length > 0 ? ending : ""), profiles };
  });
