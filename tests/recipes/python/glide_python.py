"""GLIDE for Python: the token file's token for its next connects, and for the live ones, from time to time."""

import asyncio
import json
import os
from pathlib import Path

from glide import AdvancedGlideClientConfiguration, GlideClient, GlideClientConfiguration
from glide import NodeAddress, TlsAdvancedConfiguration

# recipe:begin
from glide import GlideError, ServerCredentials

token_file = Path(os.environ["TOKEN_FILE"])


def credentials():
    return ServerCredentials(username=os.environ["CACHE_USER"], password=token_file.read_text())


async def keep_authenticated(client, every=300):  # seconds; a token lives for 900
    while True:
        await asyncio.sleep(every)
        try:
            await client.update_connection_password(token_file.read_text(), immediate_auth=True)
        except GlideError as error:
            print("the next login is tried again:", error)
# recipe:end


async def main():
    did = {"whoami": None, "commands": 0, "lost": 0, "error": None}
    try:
        tls = TlsAdvancedConfiguration(root_pem_cacerts=Path(os.environ["CACHE_CA"]).read_bytes())
        configuration = GlideClientConfiguration(
            [NodeAddress(os.environ["CACHE_HOST"], int(os.environ["CACHE_PORT"]))],
            use_tls=True,
            credentials=credentials(),
            request_timeout=5000,
            advanced_config=AdvancedGlideClientConfiguration(tls_config=tls, connection_timeout=5000),
        )
        client = await GlideClient.create(configuration)
        keeping = asyncio.create_task(keep_authenticated(client, int(os.environ.get("MAX_AGE", 300))))
        did["whoami"] = (await client.custom_command(["ACL", "WHOAMI"])).decode()
        for turn in range(int(os.environ["TURNS"])):
            try:
                await client.set("recipe", str(turn))
                did["lost"] += await client.get("recipe") != str(turn).encode()
            except GlideError as error:
                did["lost"] += 1
                did["error"] = str(error)
            did["commands"] += 2
            await asyncio.sleep(0.01)
        keeping.cancel()
        await client.close()
    except GlideError as error:
        did["error"] = str(error)
    print(json.dumps(did))


asyncio.run(main())
