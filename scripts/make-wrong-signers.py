#!/usr/bin/env python3
"""Make tests/vectors/wrong-signers.json: tokens of a signer that is wrong in one way, or in two.

    python3 scripts/make-wrong-signers.py            write the file
    python3 scripts/make-wrong-signers.py --check    compare instead; exit 1 where it differs

The signer is written here from SigV4's description, with hmac, hashlib and urllib alone, so that it witnesses what
src/token computes and shares nothing with it. Where botocore is importable, the signer without a mistake is first held
against it, token for token: python3 -m venv V && V/bin/pip install botocore==1.44.5, then V/bin/python this file. It
agreed with botocore 1.44.5.

Every credential is a dummy. Each row says what `verify` has at hand (the right credentials, what flags say), and which
variant of src/token/variants it must name.
"""
import hashlib
import hmac
import json
import sys
from pathlib import Path
from urllib.parse import quote, quote_plus

OUTPUT = Path(__file__).resolve().parent.parent / "tests" / "vectors" / "wrong-signers.json"
DESCRIPTION = (
    "Tokens of signers that are wrong on purpose, made by scripts/make-wrong-signers.py with dummy credentials; not to be "
    "edited. variant is the id that verify must name, or a+b for two mistakes at once; the rest is what verify knows."
)
EMPTY = hashlib.sha256(b"").hexdigest()
LONG = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", None)
SESSION = ("ASIAIOSFODNN7EXAMPLE", "dummy+Secret/Key+With/Both+Kinds/EXAMPLE", "IQoJb3JpZ2lu+dummy/Session+Token/wIBAg==")
GROUP, CLUSTER = "master.my-cache.abc123.use1.cache.amazonaws.com", "clustercfg.orders.abc123.memorydb.eu-west-1.amazonaws.com"
LESS = "sessions-abc123.serverless.use2.cache.amazonaws.com"


def rfc3986(text):
    return quote(text, safe="-_.~")


def default(kind, keys=LONG, **changes):
    """What a right signer signs and prints: the kind's names, the keys, and whatever a row changes for both."""
    key, secret, session = keys
    name, service, region, user = {
        "rg": ("my-cache", "elasticache", "us-east-1", "my-user"),
        "sc": ("sessions", "elasticache", "us-east-2", "web"),
        "mdb": ("orders", "memorydb", "eu-west-1", "app-user"),
    }[kind]
    date = changes.pop("date", "20250615T090807Z")
    request = {
        "method": "GET", "path": "/", "host": name, "payload": EMPTY, "encode": rfc3986,
        "key": key, "secret": secret, "session": session, "scope": [date[:8], region, service],
        "key_scope": None, "date": date, "date_to_sign": None,
        "query": {"Action": "connect", "User": user}, "expires": "900", "extra": {},
    }
    if kind == "sc":
        request["query"]["ResourceType"] = "ServerlessCache"
    return changed(request, **changes)


def changed(request, **changes):
    """A copy with some steps otherwise; `query` and `extra` are merged, and None takes a parameter away."""
    new = {**request, **changes}
    for merged in ("query", "extra"):
        both = {**request[merged], **changes.get(merged, {})}
        new[merged] = {name: value for name, value in both.items() if value is not None}
    return new


def parameters(r):
    pairs = list(r["query"].items())
    pairs.append(("X-Amz-Algorithm", "AWS4-HMAC-SHA256"))
    pairs.append(("X-Amz-Credential", "/".join([r["key"], *r["scope"], "aws4_request"])))
    pairs.append(("X-Amz-Date", r["date"]))
    if r["expires"] is not None:
        pairs.append(("X-Amz-Expires", r["expires"]))
    pairs.append(("X-Amz-SignedHeaders", "host"))
    if r["session"] is not None:
        pairs.append(("X-Amz-Security-Token", r["session"]))
    return pairs + list(r["extra"].items())


def signature(r):
    encode = r["encode"]
    query = "&".join("=".join(pair) for pair in sorted((encode(n), encode(v)) for n, v in parameters(r)))
    canonical = "\n".join([r["method"], r["path"], query, "host:" + r["host"], "", "host", r["payload"]])
    to_sign = "\n".join(["AWS4-HMAC-SHA256", r["date_to_sign"] or r["date"], "/".join([*r["scope"], "aws4_request"]),
                         hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + r["secret"]).encode()
    for part in [*(r["key_scope"] or r["scope"]), "aws4_request"]:
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()


def printed(r, digits, escape=rfc3986):
    query = "&".join(f"{rfc3986(n)}={escape(v)}" for n, v in [*parameters(r), ("X-Amz-Signature", digits)])
    return f"{r['host']}{r['path']}?{query}"


def token(right, signed, shown=None, escape=rfc3986):
    """Signs with the steps that `signed` changes, prints with those that `shown` changes."""
    return printed(changed(right, **(shown or {})), signature(changed(right, **signed)), escape)


def row(variant, note, right, signed=None, shown=None, endpoint=None, name=None, user=None, at_hand=None, escape=rfc3986):
    at_hand = at_hand or (right["key"], right["secret"], right["session"])
    host, _, port = (endpoint or "").partition(":")
    return {
        "variant": variant, "note": note, "token": token(right, signed or {}, shown, escape),
        "accessKeyId": at_hand[0], "secretAccessKey": at_hand[1], "sessionToken": at_hand[2],
        "endpoint": {"host": host, "port": int(port) if port else None} if endpoint else None, "name": name, "user": user,
    }


def doubled(text):
    return rfc3986(rfc3986(text))


def keeping(safe):
    return lambda text: quote(text, safe="-_.~" + safe)


def form(text):
    return quote_plus(text, safe="-_.~")


def java_form(text):
    return quote_plus(text, safe="-_.*").replace("~", "%7E")


def scope(right, **parts):
    date, region, service = right["scope"]
    return [parts.get("date", date), parts.get("region", region), parts.get("service", service)]


def singles():
    rg, sc, mdb, temporary = default("rg"), default("sc"), default("mdb"), default("rg", SESSION)
    unsigned = {"payload": "UNSIGNED-PAYLOAD"}
    yield row("unsigned-payload", "presigned as for S3", rg, unsigned)
    yield row("unsigned-payload", "the same for MemoryDB, with a session", default("mdb", SESSION), unsigned)
    yield row("unsigned-payload", "the line left empty", sc, {"payload": ""})
    yield row("unsigned-payload", "the hash of {}", rg, {"payload": hashlib.sha256(b"{}").hexdigest()})

    yield row("host-is-endpoint", "the endpoint's host", rg, {"host": GROUP}, endpoint=GROUP + ":6379")
    yield row("host-is-endpoint", "the endpoint with its port", mdb, {"host": CLUSTER + ":6379"}, endpoint=CLUSTER)
    yield row("host-is-endpoint", "the endpoint in upper case, as pasted", rg, {"host": GROUP.upper()}, endpoint=GROUP.upper())
    yield row("host-is-endpoint", "the name signed, the endpoint printed", rg, {}, {"host": GROUP})
    yield row("host-is-endpoint", "the same, serverless", sc, {}, {"host": LESS})

    yield row("host-with-port", "6379", rg, {"host": "my-cache:6379"})
    yield row("host-with-port", "443, as of a URL", mdb, {"host": "orders:443"})
    yield row("host-with-port", "the port of the endpoint", sc, {"host": "sessions:7001"}, endpoint=LESS + ":7001")
    yield row("host-with-port", "the name signed, the port printed", rg, {}, {"host": "my-cache:6379"})

    yield row("name-case", "signed in lower case, printed as typed", rg, {}, {"host": "My-Cache"})
    yield row("name-case", "signed with capitals, printed in lower case", rg, {"host": "My-Cache"})
    yield row("name-case", "signed in upper case", mdb, {"host": "ORDERS"})
    yield row("name-case", "signed as the flag has it", mdb, {"host": "orDers"}, name="orDers")

    yield row("user-case", "signed with capitals", rg, {"query": {"User": "My-User"}})
    yield row("user-case", "signed in lower case, printed as typed", sc, {}, {"query": {"User": "WEB"}})
    yield row("user-case", "signed as the flag has it", mdb, {"query": {"User": "appUser"}}, user="appUser")

    for region, right in (("us-west-2", rg), ("ap-northeast-2", sc), ("cn-northwest-1", mdb)):
        yield row("region-other", f"all signed for {region}, then edited", right, {"scope": scope(right, region=region)})
        yield row("region-other", f"the key alone for {region}", right, {"key_scope": scope(right, region=region)})

    for service, right in (("memorydb", rg), ("elasticache", mdb), ("redis", sc), ("memory-db", mdb), ("s3", rg)):
        yield row("service-other", f"all signed for {service}, then edited", right, {"scope": scope(right, service=service)})
        yield row("service-other", f"the key alone for {service}", right, {"key_scope": scope(right, service=service)})

    yield row("date-other", "the key of the local day, a day ahead", rg, {"key_scope": scope(rg, date="20250616")})
    yield row("date-other", "the key of the day before", mdb, {"key_scope": scope(mdb, date="20250614")})
    late = default("sc", date="20241231T233000Z")
    yield row("date-other", "the scope of the local day, then edited", late, {"scope": scope(late, date="20250101")})
    local = default("rg", scope=["20250616", "us-east-1", "elasticache"])
    yield row("date-other", "a scope of the local day printed, the right one signed", local, {"scope": ["20250615", *local["scope"][1:]]})
    yield row("date-other", "local time in the string to sign", rg, {"date_to_sign": "20250615T110807Z"})
    yield row("date-other", "the clock read twice", mdb, {"date_to_sign": "20250615T090808Z"})

    added = {"query": {"ResourceType": "ServerlessCache"}}
    yield row("resource-type-added", "for serverless, appended after signing", rg, {}, added)
    yield row("resource-type-added", "the same with a session", temporary, {}, added)
    yield row("resource-type-dropped", "taken away after signing", sc, {}, {"query": {"ResourceType": None}})
    yield row("resource-type-dropped", "signed for MemoryDB", mdb, added)

    yield row("parameter-added", "one of the program's own", rg, {}, {"extra": {"db": "0"}})
    yield row("parameter-added", "two of them", mdb, {}, {"extra": {"db": "0", "ssl": "true"}})
    yield row("parameter-added", "two of four, the other two signed", default("rg", extra={"a": "1", "b": "2"}), {}, {"extra": {"c": "3", "d": "4"}})
    yield row("parameter-added", "the lifetime appended to a presigner's URL", sc, {"expires": None})
    yield row("parameter-added", "the user appended", rg, {"query": {"User": None}})

    yield row("parameter-dropped", "the version of ElastiCache's API", rg, {"extra": {"Version": "2015-02-02"}})
    yield row("parameter-dropped", "the version of MemoryDB's API", mdb, {"extra": {"Version": "2021-01-01"}})
    yield row("parameter-dropped", "the lifetime", sc, {}, {"expires": None})
    yield row("parameter-dropped", "the action", rg, {}, {"query": {"Action": None}})
    yield row("parameter-dropped", "the user", rg, {}, {"query": {"User": None}}, user="my-user")
    checksum = {"extra": {"X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD"}}
    yield row("parameter-dropped", "S3's checksum, and the payload it says", rg, {**checksum, **unsigned})
    yield row("parameter-dropped", "the checksum of nothing", mdb, {"extra": {"X-Amz-Content-Sha256": EMPTY}})
    yield row("parameter-dropped", "x-id", sc, {"extra": {"x-id": "connect"}})

    for right in (temporary, default("mdb", SESSION)):
        yield row("session-token-dropped", "signed, then left out", right, {}, {"session": None})
        yield row("session-token-added", "appended after signing, as for IoT", right, {"session": None})
        yield row("session-token-decoded", "printed raw", right, {}, escape=lambda text: text)
        yield row("session-token-decoded", "decoded as a form before signing", right, {"session": right["session"].replace("+", " ")})
    yield row("session-token-decoded", "cut when printed", temporary, {}, {"session": SESSION[2][:20]}, at_hand=SESSION)

    yield row("secret-with-whitespace", "a line ending from a file", rg, {"secret": LONG[1] + "\n"})
    yield row("secret-with-whitespace", "a line ending of Windows", mdb, {"secret": LONG[1] + "\r\n"})
    yield row("secret-with-whitespace", "quotes from an environment file", default("sc", SESSION), {"secret": f'"{SESSION[1]}"'})
    yield row("secret-with-whitespace", "a space before it", rg, {"secret": " " + LONG[1]})
    yield row("secret-with-whitespace", "the one at hand has the line ending", rg, at_hand=(LONG[0], LONG[1] + "\n", None))
    yield row("secret-with-whitespace", "the one at hand has quotes", mdb, at_hand=(LONG[0], f" '{LONG[1]}' ", None))

    yield row("path-other", "an empty path", rg, {"path": ""})
    yield row("path-other", "the name as path", mdb, {"path": "/orders"})
    yield row("path-other", "two slashes", sc, {"path": "//"})
    yield row("path-other", "/connect", rg, {"path": "/connect"})
    yield row("path-other", "/ signed, another printed", rg, {}, {"path": "/index.html"})

    spaced = {"query": {"User": "my user+1"}}
    yield row("encoding-plus", "a space as +", default("rg", **spaced), {"encode": form})
    yield row("encoding-plus", "+ raw in the session token", temporary, {"encode": keeping("+")})
    yield row("encoding-plus", "java.net.URLEncoder", default("mdb", query={"User": "a~b c*"}), {"encode": java_form})

    marks = {"query": {"User": "it's(me)!*"}}
    yield row("encoding-unescaped", "encodeURIComponent", default("rg", **marks), {"encode": keeping("!'()*")})
    yield row("encoding-unescaped", "encodeURIComponent, with a session", default("mdb", SESSION, **marks), {"encode": keeping("!'()*")})
    yield row("encoding-unescaped", "Python's quote as it comes", sc, {"encode": keeping("/")})
    yield row("encoding-unescaped", "= left in the session token", temporary, {"encode": keeping("=")})
    yield row("encoding-unescaped", "nothing escaped", temporary, {"encode": lambda text: text})

    yield row("encoding-double", "escaped twice in the canonical query", rg, {"encode": doubled})
    yield row("encoding-double", "the same with a session", temporary, {"encode": doubled})
    yield row("encoding-double", "a session token escaped before it was given", temporary, {"session": rfc3986(SESSION[2])})
    yield row("encoding-double", "escaped twice when printed", mdb, {}, escape=doubled)

    for method, right in (("POST", rg), ("HEAD", mdb), ("CONNECT", sc), ("get", rg)):
        yield row("method-other", method, right, {"method": method})

    for seconds, right in (("60", rg), ("3600", sc), ("604800", mdb)):
        yield row("expires-other", f"{seconds} signed, 900 printed", right, {"expires": seconds})
    yield row("expires-other", "900 signed, 3600 printed", rg, {}, {"expires": "3600"})


def pairs():
    rg, sc, mdb, temporary = default("rg"), default("sc"), default("mdb"), default("rg", SESSION)
    unsigned, endpoint = {"payload": "UNSIGNED-PAYLOAD"}, {"host": GROUP}
    yield row("unsigned-payload+host-is-endpoint", "an S3 presigner on the endpoint", rg, {**unsigned, **endpoint}, endpoint=GROUP)
    yield row("unsigned-payload+host-with-port", "", rg, {**unsigned, "host": "my-cache:6379"})
    yield row("unsigned-payload+name-case", "", mdb, {**unsigned, "host": "Orders"})
    yield row("unsigned-payload+user-case", "", sc, {**unsigned, "query": {"User": "Web"}})
    yield row("unsigned-payload+region-other", "", rg, {**unsigned, "key_scope": scope(rg, region="sa-east-1")})
    yield row("unsigned-payload+service-other", "", mdb, {**unsigned, "scope": scope(mdb, service="elasticache")})
    yield row("unsigned-payload+resource-type-added", "", rg, unsigned, {"query": {"ResourceType": "ServerlessCache"}})
    yield row("unsigned-payload+resource-type-dropped", "", sc, unsigned, {"query": {"ResourceType": None}})
    yield row("unsigned-payload+session-token-added", "", temporary, {**unsigned, "session": None})
    yield row("unsigned-payload+session-token-dropped", "", temporary, unsigned, {"session": None})
    yield row("unsigned-payload+path-other", "", rg, {**unsigned, "path": ""})
    yield row("unsigned-payload+encoding-unescaped", "", sc, {**unsigned, "encode": keeping("/")})
    yield row("unsigned-payload+encoding-double", "", mdb, {**unsigned, "encode": doubled})
    yield row("unsigned-payload+method-other", "", rg, {**unsigned, "method": "POST"})
    yield row("unsigned-payload+expires-other", "", rg, {**unsigned, "expires": "3600"})
    yield row("unsigned-payload+secret-with-whitespace", "", mdb, {**unsigned, "secret": LONG[1] + "\n"})
    yield row("host-is-endpoint+host-with-port", "another port than the cache's", rg, {"host": GROUP + ":6380"}, endpoint=GROUP + ":6379")
    yield row("host-is-endpoint+region-other", "", rg, {**endpoint, "scope": scope(rg, region="eu-west-3")}, endpoint=GROUP)
    yield row("host-is-endpoint+service-other", "", mdb, {"host": CLUSTER, "key_scope": scope(mdb, service="elasticache")}, endpoint=CLUSTER)
    yield row("host-is-endpoint+path-other", "", rg, {**endpoint, "path": "/my-cache"}, endpoint=GROUP, name="my-cache")
    yield row("host-is-endpoint+session-token-added", "", temporary, {**endpoint, "session": None}, endpoint=GROUP)
    yield row("host-is-endpoint+resource-type-added", "", sc, {"host": LESS, "query": {"ResourceType": None}}, endpoint=LESS)
    yield row("name-case+user-case", "both as typed", rg, {"host": "My-Cache", "query": {"User": "My-User"}})
    yield row("name-case+host-with-port", "", mdb, {"host": "ORDERS:6379"})
    yield row("region-other+service-other", "another cache's settings", rg, {"scope": ["20250615", "eu-central-1", "memorydb"]})
    yield row("region-other+service-other", "the key alone", mdb, {"key_scope": ["20250615", "us-east-1", "elasticache"]})
    yield row("path-other+method-other", "", sc, {"path": "", "method": "POST"})
    yield row("resource-type-added+session-token-added", "all appended after signing", default("sc", SESSION), {"session": None, "query": {"ResourceType": None}})
    yield row("session-token-added+expires-other", "", temporary, {"session": None, "expires": "60"})
    yield row("resource-type-dropped+parameter-dropped", "", rg, {"query": {"ResourceType": "ServerlessCache"}, "extra": {"Version": "2015-02-02"}})


def hold_against_botocore():
    """The signer without a mistake gives botocore's tokens; nothing to do where botocore is not installed."""
    try:
        import datetime
        from unittest import mock
        from urllib.parse import urlencode
        from botocore.auth import SigV4QueryAuth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials
    except ImportError:
        return "without botocore to compare with"
    count = 0
    for kind in ("rg", "sc", "mdb"):
        for keys in (LONG, SESSION):
            for user in ("my-user", "it's(me)!* a+b~/="):
                r = default(kind, keys, query={"User": user})
                now = datetime.datetime.strptime(r["date"], "%Y%m%dT%H%M%SZ")
                request = AWSRequest("GET", f"https://{r['host']}/?{urlencode(r['query'], quote_via=quote, safe='-_.~')}")
                with mock.patch("botocore.auth.get_current_datetime", lambda remove_tzinfo=True: now):
                    SigV4QueryAuth(Credentials(*keys), r["scope"][2], r["scope"][1], expires=900).add_auth(request)
                ours, theirs = (text.partition("?")[2].split("&") for text in (token(r, {}), request.url))
                # botocore prints a space as +, and signs %20.
                assert sorted(p.replace("+", "%20") for p in theirs) == sorted(ours), f"{kind} {user}: {ours} {theirs}"
                count += 1
    return f"the signer agrees with botocore in {count} tokens"


def main():
    compared = hold_against_botocore()
    rows = [*singles(), *pairs()]
    data = json.dumps({"description": DESCRIPTION, "rows": rows}, indent=2) + "\n"
    if "--check" in sys.argv[1:]:
        if not OUTPUT.exists() or OUTPUT.read_text() != data:
            sys.exit(f"{OUTPUT.name} differs from what this script makes")
        return print(f"{OUTPUT.name}: {len(rows)} rows agree; {compared}")
    OUTPUT.write_text(data)
    print(f"{OUTPUT.name}: {len(rows)} rows written; {compared}")


if __name__ == "__main__":
    main()
