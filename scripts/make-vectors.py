#!/usr/bin/env python3
"""Make tests/vectors/tokens.json: golden ElastiCache and MemoryDB tokens from two witnesses.

    python3 scripts/make-vectors.py            write the file
    python3 scripts/make-vectors.py --check    compare instead; exit 1 and say what differs
    python3 scripts/make-vectors.py --venv DIR keep the virtual environment for the next run

The witnesses are botocore (RequestSigner.generate_presigned_url, as AWS's guides use it) and AWS's
developer-toolkit-elasticache, which knows ElastiCache only and always signs for 900 seconds. It signs
through botocore's SigV4QueryAuth: it witnesses how the request is built, not the HMAC a second time.

The script installs PINS in a private virtual environment and runs itself inside it with the clock
frozen. Every credential is a dummy. The output depends on this file alone: to renew it, change a pin,
run, and read the diff. The pinned packages need Python 3.10 or newer.
"""
import argparse
import datetime
import hashlib
import json
import os
import re
import string
import subprocess
import sys
import tempfile
import venv
from collections import namedtuple
from importlib.metadata import version
from pathlib import Path
from unittest import mock

PINS = {
    "botocore": "1.44.5", "developer-toolkit-elasticache": "1.1.0",
    "jmespath": "1.1.0", "python-dateutil": "2.9.0.post0", "six": "1.17.0", "urllib3": "2.8.0",  # botocore's own needs
}
BOTOCORE, TOOLKIT = "botocore", "developer-toolkit-elasticache"
OUTPUT = Path(__file__).resolve().parent.parent / "tests" / "vectors" / "tokens.json"
DESCRIPTION = (
    "Golden tokens made by scripts/make-vectors.py with dummy credentials and a frozen clock; not to be edited. "
    "Each token is the witness's exact output. Signers differ in parameter order, which does not change the signature; "
    "these two agree (the toolkit signs through botocore), so where both witness a case (ids ending in -botocore and "
    "-toolkit) the tokens are the same bytes. The toolkit has no MemoryDB and always signs for 900 seconds."
)
RG, SC, MDB = "replication-group", "serverless-cache", "memorydb-cluster"
SERVICE = {RG: "elasticache", SC: "elasticache", MDB: "memorydb"}
Credentials = namedtuple("Credentials", "accessKeyId secretAccessKey sessionToken")
Case = namedtuple("Case", "slug kind name user region at expires credentials")
NEW_YEAR = "2025-01-01T00:00:00Z"
DOC_SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
PLUS_SECRET = "dummy+Secret/Key+With/Both+Kinds/EXAMPLE"


def session_token(length, seed, letters=string.ascii_letters + string.digits + "+/"):
    """A made-up session token: letters picked by a hash counter (base64's unless told), and == at its end."""
    raw = b"".join(hashlib.sha256(f"cacheauth {seed} {i}".encode()).digest() for i in range(length // 32 + 1))
    return "".join(letters[byte % len(letters)] for byte in raw[: length - 2]) + "=="


CREDENTIALS = {
    "long-term": Credentials("AKIAIOSFODNN7EXAMPLE", DOC_SECRET, None),
    "long-term-plus": Credentials("AKIAI44QH8DHBEXAMPLE", PLUS_SECRET, None),
    "session-1000": Credentials("ASIAIOSFODNN7EXAMPLE", DOC_SECRET, session_token(1000, "a")),
    "session-1332": Credentials("ASIAI44QH8DHBEXAMPLE", PLUS_SECRET, session_token(1332, "b")),
    "session-2049": Credentials("ASIAIOSFODNN7EXAMPLE", PLUS_SECRET, session_token(2049, "c")),
    "session-4000": Credentials("ASIAI44QH8DHBEXAMPLE", DOC_SECRET, session_token(4000, "d")),
    "session-dense": Credentials("ASIAIOSFODNN7EXAMPLE", PLUS_SECRET, session_token(1000, "e", "+/=+/=aZ")),
}
LONG_TERM, SESSION = CREDENTIALS["long-term"], CREDENTIALS["session-1000"]
FAKE = Credentials("fakeAccessKeyId", "fakeSecretKey", None)
DEMO = ("demo", RG, "my-replication-group-id", "my-user-id", "eu-west-1", NEW_YEAR, 900)
# Published by aws/developer-toolkit-elasticache (the first two) and aws-samples/elasticache-iam-auth-demo-app.
KNOWN_ANSWERS = [
    (Case("toolkit-rg", RG, "my-cache", "testuser", "us-east-1", NEW_YEAR, 900, LONG_TERM),
     "cd78a7de74c1bb1c8c685cac428f783b5433ce5fbf569af867570311d6a85797"),
    (Case("toolkit-sc", SC, "my-cache", "testuser", "us-east-1", NEW_YEAR, 900, LONG_TERM),
     "28f349fd92f74e0192de149a74743ae7d087bb136523c342bdd67632a8360023"),
    (Case(*DEMO, FAKE), "9e361603d85874bce06114c6644725ed113e3b11ae6fa92efdf10c6bcf5de8d7"),
    (Case(*DEMO, FAKE._replace(sessionToken="fakeSessionToken")),
     "bbce2bd61bd78461297ecb92e7001ddbeab2d85906c3cbedad6c9b81fb3466dc"),
]
REGIONS = ["us-east-1", "us-west-2", "ca-west-1", "eu-west-1", "eu-central-2", "ap-northeast-2", "sa-east-1",
           "cn-north-1", "cn-northwest-1", "us-gov-west-1", "us-gov-east-1"]
NAMES = {"1-char": "a", "2-chars": "z9", "40-letters": "abcdefghij" * 4, "40-hyphens": "a-1b" * 9 + "-xyz",
         "40-digits": "c" + "0123456789" * 3 + "123456789", "node-like": "orders-0001-001", "reader-like": "orders-ro",
         "label-like": "clustercfg"}
USERS = {"1-char": "u", "plain": "iam-user-01", "hyphens": "a--b-", "40-chars": "user-" * 7 + "00040",
         "120-chars": "long-user-id" * 10, "managed": "default.iam-user", "managed-1": "default.u"}
EXPIRIES = [1, 2, 59, 60, 61, 300, 899, 900]
DATES = ["2024-02-29T00:00:00Z", "2024-02-29T23:59:59Z", "2024-03-01T00:00:00Z", "2024-12-31T23:59:59Z",
         "2025-02-28T23:59:59Z", "2025-03-01T00:00:00Z", "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z",
         "2026-01-01T00:00:01Z", "2028-02-29T12:34:56Z", "2038-01-19T03:14:08Z", "2099-12-31T23:59:59Z"]


def cases():
    """Every case, one axis at a time, and then the corners where all axes meet."""
    base = Case("", RG, "my-cache", "iam-user", "us-east-1", "2025-06-15T09:08:07Z", 900, LONG_TERM)
    for number, (kind, prefix) in enumerate([(RG, "rg"), (SC, "sc"), (MDB, "mdb")]):
        def make(slug, **changed):
            return base._replace(slug=f"{prefix}-{slug}", kind=kind, **changed)
        yield make("known", user="testuser", at=NEW_YEAR)
        for i, region in enumerate(REGIONS):
            yield make(f"region-{region}", region=region, credentials=(LONG_TERM, SESSION)[(i + number) % 2])
        for label, name in NAMES.items():
            yield make(f"name-{label}", name=name)
        for label, user in USERS.items():
            if not (kind == MDB and user.startswith("default.")):
                yield make(f"user-{label}", user=user, region="eu-west-1")
        for seconds in EXPIRIES:
            yield make(f"expires-{seconds}", expires=seconds, at="2025-11-30T23:59:30Z")
        for at in DATES[number::3]:
            yield make("at-" + re.sub("[-:]", "", at).lower(), at=at, region="eu-central-2")
        for label, credentials in CREDENTIALS.items():
            yield make(f"credentials-{label}", credentials=credentials, name="session-store")
        yield make("all-least", name="a", user="u", expires=1, at="2000-01-01T00:00:00Z")
        yield make("all-most", name=NAMES["40-hyphens"], user=USERS["120-chars"], region="us-gov-west-1",
                   at="2024-12-31T23:59:59Z", credentials=CREDENTIALS["session-4000"])


def botocore_token(case, session, credentials):
    from urllib.parse import urlencode
    from botocore.model import ServiceId
    from botocore.signers import RequestSigner
    query = {"Action": "connect", "User": case.user}
    if case.kind == SC:
        query["ResourceType"] = "ServerlessCache"
    url = f"https://{case.name}/?{urlencode(query)}"
    service, emitter = SERVICE[case.kind], session.get_component("event_emitter")
    signer = RequestSigner(ServiceId(service), case.region, service, "v4", credentials, emitter)
    return signer.generate_presigned_url(
        {"method": "GET", "url": url, "body": {}, "headers": {}, "context": {}},
        operation_name="connect", expires_in=case.expires, region_name=case.region)[len("https://"):]


def tokens(case):
    """What each witness that can express the case gives, its clock frozen (both read it in botocore.auth)."""
    from botocore.credentials import Credentials as BotocoreCredentials
    from botocore.session import Session
    from developer_toolkit_elasticache import generate_iam_auth_token
    session, credentials = Session(), BotocoreCredentials(*case.credentials)
    now = datetime.datetime.strptime(case.at, "%Y-%m-%dT%H:%M:%SZ")
    with mock.patch("botocore.auth.get_current_datetime", lambda remove_tzinfo=True: now):
        made = {BOTOCORE: botocore_token(case, session, credentials)}
        if case.kind != MDB and case.expires == 900:
            target = {"serverless_cache_name" if case.kind == SC else "replication_group_id": case.name}
            made[TOOLKIT] = generate_iam_auth_token(
                user_id=case.user, region=case.region, session=session, credentials=credentials, **target)
    if len(set(made.values())) > 1:
        sys.exit(f"{case.slug}: the witnesses no longer give the same bytes; look why, then mend DESCRIPTION")
    return made


def vectors():
    for case in cases():
        for witness, token in tokens(case).items():
            yield {"id": f"{case.slug}-{'botocore' if witness == BOTOCORE else 'toolkit'}", "witness": witness,
                   "kind": case.kind, "service": SERVICE[case.kind], "name": case.name, "user": case.user,
                   "region": case.region, "at": case.at, "expiresIn": case.expires,
                   "credentials": case.credentials._asdict(), "token": token}


def verify_witnesses():
    """Stop unless the pins are what is installed and the published known answers come out."""
    for package, wanted in PINS.items():
        if version(package) != wanted:
            sys.exit(f"{package} is {version(package)}, not {wanted}")
    for case, signature in KNOWN_ANSWERS:
        for witness, token in tokens(case).items():
            if not token.endswith(f"&X-Amz-Signature={signature}"):
                sys.exit(f"{witness} does not give the known answer {case.slug}")


def summary(old_bytes, new):
    """How the file differs, a line each."""
    try:
        old = json.loads(old_bytes)
        was, now = ({v["id"]: v for v in document["vectors"]} for document in (old, new))
    except (ValueError, KeyError, TypeError):
        return ["it is missing, or not readable as vectors"]
    lines = [f"{key} differs" for key in ("description", "witnesses") if old.get(key) != new[key]]
    lines += [f"missing: {i}" for i in now if i not in was] + [f"unknown: {i}" for i in was if i not in now]
    changed = {i: [f for f in now[i] if was[i].get(f) != now[i][f]] for i in now if i in was}
    lines += [f"{i}: {', '.join(fields)}" for i, fields in changed.items() if fields]
    return lines[:20] + [f"and {len(lines) - 20} more"] * (len(lines) > 20) or ["the same vectors, laid out otherwise"]


def run(check):
    """Inside the virtual environment: make the vectors; write or compare them."""
    verify_witnesses()
    made = list(vectors())
    assert len({v["id"] for v in made}) == len(made), "two vectors have the same id"
    new = {"description": DESCRIPTION, "witnesses": {w: PINS[w] for w in (BOTOCORE, TOOLKIT)}, "vectors": made}
    data = (json.dumps(new, indent=2) + "\n").encode()
    if not check:
        OUTPUT.parent.mkdir(parents=True, exist_ok=True)
        OUTPUT.write_bytes(data)
    old = OUTPUT.read_bytes() if OUTPUT.exists() else b""
    if data != old:
        sys.exit("\n  ".join([f"{OUTPUT.name} differs:", *summary(old, new)]))
    print(f"{OUTPUT.name}: {len(made)} vectors {'agree' if check else 'written'}")


def run_in_venv(folder, arguments):
    """Make the virtual environment, install PINS and run this script inside it."""
    venv.create(folder, with_pip=True)
    python = Path(folder) / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pins = [f"{package}=={pin}" for package, pin in PINS.items()]
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *pins], check=True)
    env = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
    return subprocess.run([python, "-I", __file__, "--inside", *arguments], env=env).returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the existing file; write nothing")
    parser.add_argument("--venv", metavar="DIR", help="make or reuse the virtual environment here")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if sys.version_info < (3, 10):
        sys.exit("make-vectors.py: the pinned packages need Python 3.10 or newer")
    if args.inside:
        return run(args.check)
    with tempfile.TemporaryDirectory(prefix="cacheauth-vectors-") as temporary:
        return run_in_venv(args.venv or temporary, ["--check"] if args.check else [])


if __name__ == "__main__":
    sys.exit(main())
