"""redis-py, with tokens that botocore signs: asked for at each connection by its credential provider."""

import datetime
import json
import sys
from urllib.parse import urlencode

import botocore.auth
import redis
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from redis.backoff import NoBackoff
from redis.retry import Retry


def token(login):
    if login["at"]:
        at = datetime.datetime.fromisoformat(login["at"].replace("Z", "+00:00")).replace(tzinfo=None)
        botocore.auth.get_current_datetime = lambda *args, **named: at
    query = {"Action": "connect", "User": login["user"]}
    if login["kind"] == "serverless-cache":
        query["ResourceType"] = "ServerlessCache"
    request = AWSRequest(method="GET", url="https://" + login["name"] + "/?" + urlencode(query))
    keys = Credentials(login["accessKeyId"], login["secretAccessKey"], login["sessionToken"])
    service = "memorydb" if login["kind"] == "memorydb-cluster" else "elasticache"
    botocore.auth.SigV4QueryAuth(keys, service, login["region"], expires=900).add_auth(request)
    return request.url[len("https://") :]


class Provider(redis.CredentialProvider):
    def __init__(self, login):
        self.login = login

    def get_credentials(self):
        return self.login["user"], token(self.login)


def did(login):
    options = {
        "host": login["host"],
        "port": login["port"],
        "ssl": True,
        "ssl_ca_certs": login["caFile"],
        "credential_provider": Provider(login),
        "decode_responses": True,
        # A refusal is final.
        "retry": Retry(NoBackoff(), 0),
    }
    client = redis.RedisCluster(**options) if login["cluster"] else redis.Redis(**options)
    key = "{clients}%s".__mod__
    result = {
        "whoami": client.acl_whoami(),
        "ping": "PONG" if client.ping() else "",
        "set": "OK" if client.set(key("a"), "v") else "",
        "get": client.get(key("a")),
        "expire": client.expire(key("a"), 100),
        "ttl": client.ttl(key("a")),
        "del": client.delete(key("a")),
        "gone": client.get(key("a")),
    }
    transaction = client.pipeline(transaction=True)
    transaction.set(key("n"), "1")
    transaction.incr(key("n"))
    done, number = transaction.execute()
    result["multi"] = ["OK" if done else "", number]
    listener = client.pubsub()
    listener.subscribe("news")
    while listener.get_message(timeout=10)["type"] != "subscribe":
        pass
    client.publish("news", "hello")
    result["message"] = listener.get_message(timeout=10)["data"]
    return result


login = json.load(sys.stdin)
try:
    outcome = did(login)
except (redis.RedisError, redis.exceptions.RedisClusterException) as error:
    outcome = {"refused": str(error) + (" < " + str(error.__cause__) if error.__cause__ else "")}
print(json.dumps(outcome))
