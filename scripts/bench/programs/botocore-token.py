"""A token for a cache as a program makes it with botocore."""
import sys
from urllib.parse import urlencode

from botocore.model import ServiceId
from botocore.session import get_session
from botocore.signers import RequestSigner

name, user, region = sys.argv[1:]
session = get_session()
signer = RequestSigner(
    ServiceId("elasticache"), region, "elasticache", "v4", session.get_credentials(), session.get_component("event_emitter")
)
url = f"https://{name}/?" + urlencode({"Action": "connect", "User": user})
request = {"method": "GET", "url": url, "body": {}, "headers": {}, "context": {}}
signed = signer.generate_presigned_url(request, operation_name="connect", expires_in=900, region_name=region)
print(signed.removeprefix("https://"))
