/** A token for a cache as a program makes it with aws4fetch; plain JavaScript, so that no runtime strips types first. */
import { AwsClient } from "aws4fetch";

const [name, user, region] = process.argv.slice(2);
const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = process.env;
const aws = new AwsClient({ accessKeyId, secretAccessKey, service: "elasticache", region });
const request = new URL(`https://${name}/`);
request.search = new URLSearchParams({ Action: "connect", User: user, "X-Amz-Expires": "900" }).toString();
const { url } = await aws.sign(request, { aws: { signQuery: true } });
console.log(url.slice("https://".length));
