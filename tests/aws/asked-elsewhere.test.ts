import assert from "node:assert/strict";
import { test } from "node:test";
import { askedElsewhere } from "../../src/aws/asked-elsewhere.ts";

const said = (service: "elasticache" | "memorydb", env: Readonly<Record<string, string>>) =>
  askedElsewhere(service, env).map(({ message }) => message);

test("elsewhere: where AWS is asked, and which variable says so", () => {
  assert.deepEqual(said("elasticache", {}), []);
  const all = {
    AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
    AWS_ENDPOINT_URL_STS: "https://vpce-1.sts.us-east-1.vpce.amazonaws.com/",
    AWS_ENDPOINT_URL_ELASTICACHE: "https://cache.example.com:8443/api",
    AWS_ENDPOINT_URL_MEMORYDB: "https://memory.example.com",
    AWS_ENDPOINT_URL_IAM: "",
    AWS_ENDPOINT_URL_S3: "https://s3.example.com",
  };
  const first = [
    "AWS is asked at http://127.0.0.1:4566, as AWS_ENDPOINT_URL says.",
    "AWS's STS is asked at https://vpce-1.sts.us-east-1.vpce.amazonaws.com, as AWS_ENDPOINT_URL_STS says.",
  ];
  assert.deepEqual(said("elasticache", all), [
    ...first,
    "AWS's ElastiCache is asked at https://cache.example.com:8443/api, as AWS_ENDPOINT_URL_ELASTICACHE says.",
  ]);
  assert.deepEqual(said("memorydb", all), [
    ...first,
    "AWS's MemoryDB is asked at https://memory.example.com, as AWS_ENDPOINT_URL_MEMORYDB says.",
  ]);
  assert.deepEqual(said("memorydb", { ...all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }), []);
});

test("elsewhere: of a URL neither user, password nor query are shown, and of what is none nothing", () => {
  const url = "https://me:hunter2@proxy.example.com/aws?key=hunter3#hunter4";
  assert.deepEqual(said("elasticache", { AWS_ENDPOINT_URL: url }), [
    "AWS is asked at https://proxy.example.com/aws, as AWS_ENDPOINT_URL says.",
  ]);
  for (const none of ["hunter2", "me:hunter2", "file:///etc/hunter2"])
    assert.deepEqual(said("elasticache", { AWS_ENDPOINT_URL: none }), [], none);
});
