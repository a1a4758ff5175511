import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { connectionUrl } from "../../src/client/connection-url.ts";
import { runs } from "../runs.ts";
import { vectors } from "../vectors/vectors.ts";

test("every golden token survives the URL: decoding gives it back", () => {
  for (const { token, user } of vectors) {
    const url = new URL(connectionUrl("my-cache.abc123.use1.cache.amazonaws.com", 6379, user, token));
    assert.equal(decodeURIComponent(url.password), token);
    assert.equal(decodeURIComponent(url.username), user);
    assert.deepEqual([url.protocol, url.port, url.pathname, url.search], ["rediss:", "6379", "", ""]);
  }
});

test("an IPv6 address stands in brackets", () => {
  assert.equal(connectionUrl("::1", 6380, "u", "t"), "rediss://u:t@[::1]:6380");
});

test("property: whatever user and token are, nothing but unreserved characters stands for them, and they come back", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", minLength: 1 }),
      fc.string({ unit: "grapheme", minLength: 1 }),
      (user, token) => {
        const text = connectionUrl("localhost", 1, user, token);
        assert.match(text, /^rediss:\/\/[\w.~%-]+:[\w.~%-]+@localhost:1$/);
        const url = new URL(text);
        assert.deepEqual([decodeURIComponent(url.username), decodeURIComponent(url.password)], [user, token]);
      },
    ),
    runs(2_000),
  );
});
