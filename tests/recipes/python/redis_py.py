"""redis-py: the token file is read at each connect, and no connection is used for 12 hours."""

import json
import os
import time
from pathlib import Path

# recipe:begin
import redis


class TokenFile(redis.CredentialProvider):
    def get_credentials(self):  # at each connect
        return os.environ["CACHE_USER"], Path(os.environ["TOKEN_FILE"]).read_text()


class AgingConnection(redis.SSLConnection):
    max_age = 11 * 3600  # seconds; AWS ends it after 12 hours
    ends = 0.0

    def connect(self):  # before each use: the pool calls it
        if time.monotonic() >= self.ends:
            self.disconnect()
            self.ends = time.monotonic() + self.max_age
        super().connect()
# recipe:end


AgingConnection.max_age = int(os.environ.get("MAX_AGE", AgingConnection.max_age))
client = redis.Redis(
    connection_pool=redis.ConnectionPool(
        connection_class=AgingConnection,
        host=os.environ["CACHE_HOST"],
        port=int(os.environ["CACHE_PORT"]),
        credential_provider=TokenFile(),
        ssl_ca_certs=os.environ["CACHE_CA"],
        decode_responses=True,
    )
)
did = {"whoami": None, "commands": 0, "lost": 0, "error": None}
try:
    did["whoami"] = client.acl_whoami()
    for turn in range(int(os.environ["TURNS"])):
        try:
            client.set("recipe", turn)
            did["lost"] += client.get("recipe") != str(turn)
        except redis.RedisError as error:
            did["lost"] += 1
            did["error"] = str(error)
        did["commands"] += 2
        time.sleep(0.01)
except redis.RedisError as error:
    did["error"] = str(error)
print(json.dumps(did))
