import { kinds } from "../../target/kinds.ts";
import { type Choices, type Part, parts } from "../choices.ts";
import { consequences } from "./consequences.ts";
import { shellQuoted } from "./shell-words.ts";

/** What is said of the script, how it fails, and the few functions that its steps are made of. */
export function prelude(choices: Choices): string {
  const { target, user, profile, existing } = choices;
  const made = [...parts.filter((part) => !existing.includes(part)).map((part) => words[part]), "the role's policy"];
  const changed = existing.map((part) => words[part]);
  return [
    "#!/bin/sh",
    `# IAM logins of ${user} to the ${kinds[target.kind].label} ${target.name} in ${target.region}.`,
    "# Written by cacheauth setup. Read it, then run it with sh; it needs the AWS CLI, and credentials that may do this.",
    `# It makes ${list(made)}.`,
    ...(changed.length > 0 ? [`# It changes what must exist: ${list(changed)}.`] : []),
    ...consequences(choices).map((line) => `# - ${line}`),
    "# It can be run again: what it made before it leaves as it is. At anything else of these names, or with other rights, it stops,",
    "# before it makes or changes anything.",
    "# How to take away what it made stands at its end.",
    "set -eu",
    "",
    "# No pager, and nothing of another region: each command names its own.",
    "AWS_PAGER=''",
    "export AWS_PAGER",
    ...(profile === null ? [] : [`AWS_PROFILE=${shellQuoted(profile)}`, "export AWS_PROFILE"]),
    "",
    functions,
    "",
    "command -v aws >/dev/null || stop 'there is no aws, the AWS CLI, on the PATH: install it first'",
  ].join("\n");
}

const words: Readonly<Record<Part, string>> = {
  cache: "the cache",
  user: "the user",
  group: "its group",
  role: "the role",
};

function list(all: readonly string[]): string {
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

const functions = `say() {
  printf '%s\\n' "$*" >&2
}

stop() {
  say "stopped: $*"
  exit 1
}

# Whether AWS knows it. Any failure but that it does not ends the script.
there() {
  if answer=$("$@" --output text 2>&1); then
    return 0
  fi
  case $answer in
    *NotFound* | *NoSuchEntity*) return 1 ;;
  esac
  stop "$answer"
}

# Waits, an hour at most, until AWS tells of a change: asked at once, it may still tell what was before.
told() {
  wanted=$1
  shift
  left=360
  while :; do
    answer=$("$@" --output text)
    [ "$answer" != "$wanted" ] || return 0
    [ "$left" -gt 0 ] || stop "AWS still says $answer, not $wanted, for an hour now: look at it, then run this again"
    left=$((left - 1))
    sleep 10
  done
}

# Waits, an hour at most, until the state that is asked for is active or available.
ready() {
  left=360
  while :; do
    state=$("$@" --output text)
    case $state in
      active | ACTIVE | available | AVAILABLE) return 0 ;;
      *fail* | *FAIL* | delet* | DELET* | None) stop "its state is $state" ;;
    esac
    [ "$left" -gt 0 ] || stop "its state is $state for an hour now: look at it, then run this again"
    left=$((left - 1))
    sleep 10
  done
}`;
