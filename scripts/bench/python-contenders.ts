/**
 * What PyPI has, each in a venv of its own, which is kept beside the npm packages: the AWS toolkit's command, botocore, with which it is made, and the
 * AWS CLI, which has no command that signs for a cache.
 */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { venv } from "../../tests/long/witness.ts";
import { type Contender, type Missing, wanted } from "./contender.ts";
import { program } from "./surroundings.ts";

interface Tool {
  /** The venv's folder, and what pip is asked for; the first is what is measured. */
  readonly folder: string;
  readonly packages: readonly [string, ...string[]];
  readonly runs: readonly Run[];
}

type Run = Pick<Contender, "name" | "prints"> & {
  /** For the python of the venv whose scripts are in `bin`. */
  readonly args: (bin: string) => readonly string[];
};

const { name: cache, user, region } = wanted;
const botocore = "botocore==1.44.5";
const tools: readonly Tool[] = [
  {
    folder: "toolkit",
    packages: ["developer-toolkit-elasticache==1.1.0", botocore],
    runs: [
      {
        name: "the AWS toolkit's command",
        prints: "token",
        args: (bin) => [
          ...[join(bin, "developer-toolkit-elasticache"), "generate_iam_auth_token"],
          ...["--replication-group-id", cache, "--user-id", user, "--region", region],
        ],
      },
    ],
  },
  {
    folder: "botocore",
    packages: [botocore],
    runs: [
      {
        name: "a program with botocore",
        prints: "token",
        args: () => [program("botocore-token.py"), cache, user, region],
      },
    ],
  },
  {
    folder: "awscli",
    packages: ["awscli==1.46.3"],
    runs: [
      {
        name: "AWS CLI, the nearest it has: `aws rds generate-db-auth-token`",
        prints: { what: "for a database, not a cache", like: /Action=connect&DBUser=.*X-Amz-Signature=[0-9a-f]{64}/ },
        args: (bin) => [
          ...[join(bin, "aws"), "rds", "generate-db-auth-token"],
          ...["--hostname", cache, "--port", "6379", "--username", user, "--region", region],
        ],
      },
      {
        name: "AWS CLI, what it costs at all: `aws --version`",
        prints: { what: "none", like: /^aws-cli\// },
        args: (bin) => [join(bin, "aws"), "--version"],
      },
    ],
  },
];

export function pythons(): readonly (Contender | Missing)[] {
  return tools.flatMap(({ folder, packages, runs }): readonly (Contender | Missing)[] => {
    const python = venv(folder, packages);
    if (python === null) {
      return runs.map(({ name }) => ({ name, why: `pip could not install ${packages.join(" and ")}` }));
    }
    const installed = described(python, packages[0].replace(/==.*/, ""));
    return runs.map(({ args, ...run }) => ({
      ...run,
      ...installed,
      command: [python, ...args(dirname(python))],
      every: 4,
    }));
  });
}

/** What pip says that it put there, and Python itself: its executable and standard library without the library's own tests. */
const describe = `
import importlib.metadata, json, os, sys, sysconfig
packages = sum(
    os.path.getsize(path)
    for package in importlib.metadata.distributions() if package.metadata["Name"] not in ("pip", "setuptools", "wheel")
    for path in (file.locate() for file in package.files or []) if os.path.exists(path)
)
python = os.path.getsize(os.path.realpath(sys.executable))
apart = ("site-packages", "dist-packages", "test", "tests")
for folder, folders, files in os.walk(sysconfig.get_path("stdlib")):
    folders[:] = [name for name in folders if name not in apart and not name.startswith("config-")]
    python += sum(os.path.getsize(os.path.join(folder, name)) for name in files)
version = importlib.metadata.version(sys.argv[1])
needs = {"name": "Python " + sys.version.split()[0], "bytes": python}
print(json.dumps({"version": version, "bytes": packages, "needs": needs}))
`;

function described(python: string, name: string): Pick<Contender, "version" | "bytes" | "needs"> {
  const { status, stdout, stderr } = spawnSync(python, ["-I", "-c", describe, name], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${python} did not say what is installed: ${stderr}`);
  return JSON.parse(stdout);
}
