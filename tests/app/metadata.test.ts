import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { answerOf, asker, errorOf, roleArn, withHome } from "./asking.ts";
import {
  containerMetadata,
  deadPort,
  instanceMetadata,
  sts,
  temporary,
  withFake,
  withSilentServer,
} from "./aws-servers.ts";
import { programs } from "./program.ts";

/** So long may what waits for a metadata service take, beyond what a run that waits for nothing takes here and now. */
const longestWaitMs = 2_000;

for (const program of programs) {
  const { name } = program;
  const ask = asker(program);

  /** A run, and another beside it, that fail before they wait for anything. */
  async function startMs(): Promise<number> {
    const start = performance.now();
    const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "garbage" };
    await Promise.all([1, 2].map(async () => errorOf(await ask("/nonexistent", [], env))));
    return performance.now() - start;
  }

  /** Held against starts before and after it: on a machine that others use too, each takes what it gets. */
  async function inTime(waits: () => Promise<void>): Promise<void> {
    const before = await startMs();
    const start = performance.now();
    await waits();
    const took = performance.now() - start;
    const usual = Math.max(before, await startMs());
    assert.ok(took < longestWaitMs + 3 * usual, `${took} ms, where a start takes ${usual} ms`);
  }

  test(`${name}: a container's metadata service, with the authorization of a file`, () =>
    withFake(containerMetadata, ({ url, asked }) =>
      withHome({ pod: "Bearer pod" }, async (home) => {
        const env = {
          AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/creds`,
          AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: join(home, "pod"),
        };
        const answer = answerOf(await ask(home, [], env));
        assert.deepEqual(
          [answer.source, answer.accessKeyId],
          ["the container's metadata service", temporary.accessKeyId],
        );
        assert.equal(asked.length, 1);
        const refused = errorOf(await ask(home, [], { ...env, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: undefined }));
        assert.deepEqual(
          [refused.code, refused.message],
          ["metadata-unreachable", "The container's metadata service answered 401 instead of credentials."],
        );
      }),
    ));

  test(`${name}: the instance's metadata service`, () =>
    withFake(instanceMetadata, async ({ url, asked }) => {
      const env = { AWS_EC2_METADATA_DISABLED: undefined, AWS_EC2_METADATA_SERVICE_ENDPOINT: url };
      const answer = answerOf(await ask("/nonexistent", [], env));
      assert.deepEqual(answer, {
        source: "the instance's metadata service",
        accessKeyId: temporary.accessKeyId,
        expires: temporary.expiration,
        notices: [],
      });
      assert.deepEqual(
        asked.map(({ method }) => method),
        ["PUT", "GET", "GET"],
      );
    }));

  test(`${name}: metadata services that answer nonsense, nothing, or not at all: an error within 2 s`, async () => {
    const instance = (url: string) => ({
      AWS_EC2_METADATA_DISABLED: undefined,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: url,
    });
    const container = (url: string) => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/creds` });
    const both = async (url: string) => {
      for (const env of [instance(url), container(url)]) {
        await inTime(async () => {
          assert.equal(errorOf(await ask("/nonexistent", [], env)).code, "metadata-unreachable");
        });
      }
    };
    await withFake(
      (_, response) => void response.writeHead(404).end(),
      ({ url }) => both(url),
    );
    await withFake(
      (_, response) => void response.end("<html>"),
      ({ url }) => both(url),
    );
    await withSilentServer(({ url }) => both(url));
    await both(`http://127.0.0.1:${await deadPort()}`);
  });

  test(`${name}: a metadata service that forbids, or has nothing to give: what it did, in a sentence`, async () => {
    const rows = [
      [403, "<html>", "The instance's metadata service answered 403 instead of credentials."],
      [200, "<html>", "The instance's metadata service gave an answer without credentials in it."],
    ] as const;
    for (const [status, body, message] of rows) {
      await withFake(
        (_, response) => void response.writeHead(status).end(body),
        async ({ url }) => {
          const env = { AWS_EC2_METADATA_DISABLED: undefined, AWS_EC2_METADATA_SERVICE_ENDPOINT: url };
          assert.equal(errorOf(await ask("/nonexistent", [], env)).message, message);
        },
      );
    }
  });

  test(`${name}: AWS_EC2_METADATA_DISABLED=false disables nothing`, () =>
    withFake(instanceMetadata, async ({ url }) => {
      for (const value of ["false", "FALSE", ""]) {
        const env = { AWS_EC2_METADATA_DISABLED: value, AWS_EC2_METADATA_SERVICE_ENDPOINT: url };
        assert.equal(answerOf(await ask("/nonexistent", [], env)).source, "the instance's metadata service");
      }
    }));

  /** A role assumed with what a metadata service gives, by the profile and by a profile behind it. */
  const config = (service: string) => ({
    ".aws/config": `[profile p]\nrole_arn=${roleArn}\ncredential_source=${service}\n[profile q]\nrole_arn=${roleArn}2\nsource_profile=p\n`,
  });

  test(`${name}: a role by credential_source, container and instance`, () =>
    withFake(sts, (stsFake) =>
      withFake(containerMetadata, (container) =>
        withFake(instanceMetadata, async (instance) => {
          const env = {
            AWS_ENDPOINT_URL_STS: stsFake.url,
            AWS_CONTAINER_CREDENTIALS_FULL_URI: `${container.url}/creds`,
            AWS_CONTAINER_AUTHORIZATION_TOKEN: "Bearer pod",
            AWS_EC2_METADATA_DISABLED: undefined,
            AWS_EC2_METADATA_SERVICE_ENDPOINT: instance.url,
          };
          for (const service of ["EcsContainer", "Ec2InstanceMetadata"]) {
            await withHome(config(service), async (home) => {
              const answer = answerOf(await ask(home, ["--profile", "p"], env));
              assert.deepEqual(
                [answer.source, answer.accessKeyId],
                [`role ${roleArn} of profile p`, temporary.accessKeyId],
              );
              assert.equal(answerOf(await ask(home, ["--profile", "q"], env)).source, `role ${roleArn}2 of profile q`);
            });
          }
          assert.deepEqual(
            [stsFake.asked.length, container.asked.length > 0, instance.asked.length > 0],
            [6, true, true],
          );
        }),
      ),
    ));

  test(`${name}: a role by credential_source, and its service silent or dead: an error within 2 s`, () =>
    withSilentServer(async (silent) => {
      for (const url of [silent.url, `http://127.0.0.1:${await deadPort()}`]) {
        const env = {
          AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/creds`,
          AWS_EC2_METADATA_DISABLED: undefined,
          AWS_EC2_METADATA_SERVICE_ENDPOINT: url,
        };
        for (const [service, says] of [
          ["EcsContainer", /container's metadata service, the credential_source behind profile/],
          ["Ec2InstanceMetadata", /instance's metadata service, the credential_source behind profile/],
        ] as const) {
          await withHome(config(service), async (home) => {
            await inTime(async () => {
              const asked = await Promise.all(["p", "q"].map((profile) => ask(home, ["--profile", profile], env)));
              for (const error of asked.map((run) => errorOf(run))) {
                assert.equal(error.code, "metadata-unreachable");
                assert.match(error.message, says);
              }
            });
          });
        }
      }
    }));

  /** Settings of the container's service that lead nowhere: what is set, and what must be said. */
  const settings: readonly (readonly [env: Record<string, string>, says: RegExp])[] = [
    [{ AWS_CONTAINER_CREDENTIALS_FULL_URI: "garbage" }, /AWS_CONTAINER_CREDENTIALS_FULL_URI is not a URL/],
    [{ AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://10.0.0.1/x" }, /neither https: nor on this machine/],
    [
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:1/x",
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/nonexistent/pod",
      },
      /AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, "\/nonexistent\/pod", cannot be read \(ENOENT\)/,
    ],
  ];
  for (const [env, says] of settings) {
    test(`${name}: ${JSON.stringify(env)} is told as what is wrong`, async () => {
      const { code, message } = errorOf(await ask("/nonexistent", [], env));
      assert.equal(code, "metadata-unreachable");
      assert.match(message, says);
    });
  }
}
