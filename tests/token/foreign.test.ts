import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { errorLines, findErrorLine } from "../../src/token/pasted/error-lines.ts";
import { type Foreign, findForeign, findOtherService } from "../../src/token/pasted/foreign.ts";
import { otherServices } from "../../src/token/pasted/foreign-services.ts";
import { foreignTexts } from "../../src/token/pasted/foreign-texts.ts";
import { runs } from "../runs.ts";

const foreign = (text: string): Foreign | null => findForeign(text, new TextEncoder().encode(text));
const label = (text: string) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Error texts as servers and clients print them, and one like them that says something else. */
const errors: Readonly<Record<string, { texts: readonly string[]; nearMiss: string }>> = {
  "iam-throttled": {
    texts: ["(error) ERR Exceeded limit of IAM Authentication requests"],
    nearMiss: "Exceeded limit of requests",
  },
  "iam-unavailable": {
    texts: ["ERR IAM Authentication service is not available"],
    nearMiss: "IAM Authentication is on",
  },
  "service-unavailable": {
    texts: [
      "(error) ERR service is not available",
      "redis.exceptions.ResponseError: service is not available",
      "service is not available",
    ],
    nearMiss: "On Sundays this service is not available",
  },
  "unauthenticated-bulk": {
    texts: [
      "ERR Protocol error: unauthenticated bulk length",
      "io.lettuce.core.RedisCommandExecutionException: ERR Protocol error: unauthenticated bulk length",
    ],
    nearMiss: "ERR Protocol error: invalid bulk length",
  },
  "auth-without-user": {
    texts: [
      "(error) ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?",
      "ReplyError: ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?\n    at parseError (/app/node_modules/redis-parser/lib/parser.js:179:12)",
      "AUTH &lt;password&gt; called without any password configured for the default user",
    ],
    nearMiss: "called without any password",
  },
  "auth-no-password-set": {
    texts: [
      "[Predis\\Connection\\ConnectionException] `AUTH` failed: ERR Client sent AUTH, but no password is set [tcp://127.0.0.1:6379]",
      "java.util.concurrent.CompletionException: io.lettuce.core.RedisCommandExecutionException: ERR Client sent AUTH, but no password is set",
    ],
    nearMiss: "no password is set",
  },
  "auth-word-count": {
    texts: ["Failed: ERR wrong number of arguments for 'auth' command"],
    nearMiss: "ERR wrong number of arguments for 'get' command",
  },
  "auth-password-only": { texts: ["(error) ERR invalid password"], nearMiss: "psql: invalid password" },
  "hello-unknown": {
    texts: [
      "ERR unknown command 'hello' (redis://redis:14624) (RedisClient::CommandError)",
      "ERR unknown command `HELLO`, with args beginning with: `3`, ",
    ],
    nearMiss: "ERR unknown command 'FOO'",
  },
  noproto: {
    texts: [
      "redis.exceptions.ResponseError: NOPROTO unsupported protocol version",
      "(error) NOPROTO sorry, this protocol version is not supported",
    ],
    nearMiss: "the noproto option",
  },
  wrongpass: {
    texts: [
      "(error) WRONGPASS invalid username-password pair or user is disabled.",
      "AUTH failed: WRONGPASS invalid username-password pair or user is disabled.",
      "ReplyError: WRONGPASS invalid username-password pair or user is disabled.\n    at parseError (/app/node_modules/redis-parser/lib/parser.js:179:12) {\n  command: { name: 'auth', args: [ 'redacted' ] }\n}",
      "redis.exceptions.AuthenticationError: invalid username-password pair or user is disabled.",
      "redis.clients.jedis.exceptions.JedisConnectionException: Could not get a resource from the pool\nCaused by: redis.clients.jedis.exceptions.JedisAccessControlException: WRONGPASS invalid username-password pair or user is disabled.",
      "It was not possible to connect to the redis server(s). There was an authentication failure; check that passwords (or client certificates) are configured correctly: (RedisServerException) Error: WRONGPASS invalid username-password pair or user is disabled.",
      "Received request error WRONGPASS: invalid username-password pair or user is disabled.",
      "WARN redis::cluster_async: Can't reconnect to initial nodes: ... WRONGPASS: invalid username-password pair or user is disabled",
      "ClusterAllFailedError: Failed to refresh slots cache. lastNodeError: ReplyError: WRONGPASS invalid username-password pair",
      "PHP Fatal error:  Uncaught RedisException: WRONGPASS invalid username-password pair or user is disabled. in /app/x.php:7",
      `java.lang.IllegalStateException: x\n${"\tat com.example.Deep.call(Deep.java:1)\n".repeat(2_000)}Caused by: io.lettuce.core.RedisCommandExecutionException: WRONGPASS invalid username-password pair`,
    ],
    nearMiss: "WRONGPASSWORD",
  },
  "noauth-hello": {
    texts: [
      "(error) NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time",
      "Received error for address `h:6379`: NOAUTH: HELLO must be called with the client already authenticated",
    ],
    nearMiss: "HELLO must be called first",
  },
  noauth: {
    texts: [
      "(error) NOAUTH Authentication required.",
      "ReplyError: Ready check failed: NOAUTH Authentication required.",
      "redis.exceptions.AuthenticationError: Authentication required.",
      "NOAUTH Authentication required (redis://redis:14624) (RedisClient::CommandError)",
      "NOAUTH Returned - connection has not yet authenticated",
    ],
    nearMiss: "407 Proxy Authentication required.",
  },
  "noperm-start": {
    texts: [
      "NOPERM this user has no permissions to run the 'cluster|slots' command",
      "redis.exceptions.NoPermissionError: this user has no permissions to run the 'ping' command",
      "NOPERM: User app has no permissions to run the 'hello' command",
    ],
    nearMiss: "the user may not run the 'cluster' command",
  },
  noperm: {
    texts: [
      "(error) NOPERM this user has no permissions to run the 'flushall' command or its subcommand",
      "NOPERM this user has no permissions to access one of the keys used as arguments",
      "No permissions to access a key",
    ],
    nearMiss: "NOPERMISSION",
  },
  moved: {
    texts: [
      "(error) MOVED 5649 10.0.0.7:6379",
      "redis.clients.jedis.exceptions.JedisMovedDataException: MOVED 866 my-0001-001.my.x.use1.cache.amazonaws.com:6379",
    ],
    nearMiss: "MOVED to another town",
  },
  readonly: {
    texts: [
      "(error) READONLY You can't write against a read only replica.",
      "redis.exceptions.ReadOnlyError: You can't write against a read only slave.",
    ],
    nearMiss: "READONLY=1",
  },
  "auth-queued": { texts: ["QUEUED", "+QUEUED\r\n"], nearMiss: "the job is QUEUED" },
  loading: {
    texts: [
      "LOADING Redis is loading the dataset in memory",
      "BusyLoadingError: Valkey is loading the dataset in memory",
    ],
    nearMiss: "LOADING the truck",
  },
  clusterdown: {
    texts: [
      "(error) CLUSTERDOWN Hash slot not served",
      "redis.exceptions.ClusterDownError: The cluster is down",
      "CLUSTERDOWN The cluster is down",
    ],
    nearMiss: "I was told The cluster is down there",
  },
  "max-clients": {
    texts: ["(error) ERR max number of clients reached", "ERR max number of clients + cluster connections reached"],
    nearMiss: "max number of clients is 65000",
  },
  "protected-mode": {
    texts: ["DENIED Redis is running in protected mode because protected mode is enabled and no password is set"],
    nearMiss: "the server is running in protected mode",
  },
  "user-id-name-differ": {
    texts: [
      "An error occurred (InvalidParameterCombination) when calling the CreateUser operation: User Id and User name must be same for authentication type: iam",
    ],
    nearMiss: "User Id and User name",
  },
  "default-user-required": {
    texts: [
      "An error occurred (DefaultUserRequired) when calling the CreateUserGroup operation: User group needs to contain a user with the user name default.",
    ],
    nearMiss: "a default user is required",
  },
  "aws-clock-skew": {
    texts: [
      "InvalidSignatureException: Signature expired: 20250101T000000Z is now earlier than 20250101T001500Z",
      "RequestTimeTooSkewed: The difference between the request time and the current time is too large.",
    ],
    nearMiss: "Signature expired: yesterday",
  },
  "aws-sso-expired": {
    texts: [
      "Error when retrieving token from sso: Token has expired and refresh failed",
      "The SSO session associated with this profile has expired or is otherwise invalid.",
    ],
    nearMiss: "Token has expired",
  },
  "aws-credentials-expired": {
    texts: [
      "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The security token included in the request is expired",
      "ExpiredTokenException: The security token included in the request is expired",
    ],
    nearMiss: "an expired token",
  },
  "aws-key-unknown": {
    texts: [
      "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.",
      "UnrecognizedClientException: The security token included in the request is invalid.",
      "InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records.",
    ],
    nearMiss: "the security token is invalid",
  },
  "aws-signature-mismatch": {
    texts: [
      "SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided.",
      "InvalidSignatureException: The request signature we calculated does not match the signature you provided.",
    ],
    nearMiss: "the signature does not match",
  },
  "aws-access-denied": {
    texts: [
      "An error occurred (AccessDenied) when calling the DescribeUsers operation: User: arn:aws:iam::123456789012:user/me is not authorized to perform: elasticache:DescribeUsers",
      "AccessDeniedException: User is not authorized to perform: memorydb:DescribeClusters",
      "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
    ],
    nearMiss: "Access denied",
  },
  "aws-credentials-missing": {
    texts: [
      'Unable to locate credentials. You can configure credentials by running "aws configure".',
      "CredentialsProviderError: Could not load credentials from any providers",
      "botocore.exceptions.NoCredentialsError: Unable to locate credentials",
      "operation error STS: GetCallerIdentity, get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found",
      "SdkClientException: Unable to load credentials from any of the providers in the chain",
    ],
    nearMiss: "locate credentials",
  },
  "aws-region-missing": {
    texts: [
      'You must specify a region. You can also configure your region by running "aws configure".',
      "Error: Region is missing",
    ],
    nearMiss: "specify the region",
  },
  "certificate-name": {
    texts: [
      "Error [ERR_TLS_CERT_ALTNAME_INVALID]: Hostname/IP does not match certificate's altnames: Host: localhost. is not in the cert's altnames: DNS:*.my.x.use1.cache.amazonaws.com",
      "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch, certificate is not valid for 'localhost'. (_ssl.c:1006)",
      "tls: failed to verify certificate: x509: certificate is valid for *.my.x.use1.cache.amazonaws.com, not localhost",
      "x509: cannot validate certificate for 10.0.0.7 because it doesn't contain any IP SANs",
      "javax.net.ssl.SSLHandshakeException: No subject alternative DNS name matching localhost found.",
      "java.security.cert.CertificateException: No name matching localhost found",
      'hostname "localhost" does not match the server certificate (OpenSSL::SSL::SSLError)',
    ],
    nearMiss: "x509: certificate",
  },
  "certificate-expired": {
    texts: [
      "Error: certificate has expired { code: 'CERT_HAS_EXPIRED' }",
      "x509: certificate has expired or is not yet valid: current time 2025-01-01T00:00:00Z is after 2024-01-01T00:00:00Z",
      "java.security.cert.CertificateExpiredException: NotAfter: Wed Jan 01 00:00:00 UTC 2025",
    ],
    nearMiss: "my certificate is too old",
  },
  "client-certificate-required": {
    texts: [
      "error:0A00045C:SSL routines::tlsv13 alert certificate required",
      "remote error: tls: certificate required",
    ],
    nearMiss: "a certificate is required",
  },
  "certificate-untrusted": {
    texts: [
      "Error: unable to verify the first certificate { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }",
      "SSL_connect returned=1 errno=0 state=error: certificate verify failed (self signed certificate in certificate chain)",
      "javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path to requested target",
      "x509: certificate signed by unknown authority",
      "Could not connect to Redis at h:6379: SSL_connect failed: certificate verify failed",
      "invalid peer certificate: UnknownIssuer",
      "AuthenticationException: The remote certificate is invalid according to the validation procedure",
    ],
    nearMiss: "the certificate was verified",
  },
  "tls-required": {
    texts: [
      'Error: Protocol error, got "\\x15" as reply type byte',
      'ParserError: Protocol error, got "\\u0015" as reply type byte. Please report this.',
      "redis.exceptions.InvalidResponse: Protocol Error: b'\\x15\\x03\\x03\\x00\\x02\\x02F'",
    ],
    nearMiss: 'Protocol error, got "\\xe2" as reply type byte',
  },
  "tls-not-spoken": {
    texts: [
      "Error: write EPROTO 00A1:error:0A00010B:SSL routines:ssl3_get_record:wrong version number",
      "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)",
      "Unable to connect to specified Redis server: tls: first record does not look like a TLS handshake",
      "javax.net.ssl.SSLException: Unsupported or unrecognized SSL message",
      "io.netty.handler.ssl.NotSslRecordException: not an SSL/TLS record: 2d455252",
    ],
    nearMiss: "wrong version of the library",
  },
  "tls-version": {
    texts: [
      "error:0A000102:SSL routines::unsupported protocol",
      "SSLHandshakeException: No appropriate protocol (protocol is disabled or cipher suites are inappropriate)",
      "tls: protocol version not supported",
    ],
    nearMiss: "the protocol is not supported",
  },
  "tls-handshake": {
    texts: [
      "error:0A000410:SSL routines::sslv3 alert handshake failure",
      "Client network socket disconnected before secure TLS connection was established",
      "javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake",
      "net/http: TLS handshake timeout",
      "[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol",
    ],
    nearMiss: "a firm handshake",
  },
  "name-not-found": {
    texts: [
      "Error: getaddrinfo ENOTFOUND master.my.x.use1.cache.amazonaws.com",
      "Could not connect to Valkey at h:6379: Name or service not known",
      "dial tcp: lookup h on 10.0.0.2:53: no such host",
      "redis.exceptions.ConnectionError: Error -3 connecting to h:6379. Temporary failure in name resolution.",
      "Caused by: java.net.UnknownHostException: h",
    ],
    nearMiss: "the host is not found",
  },
  "connect-refused": {
    texts: [
      "Error: connect ECONNREFUSED 127.0.0.1:6379",
      "Could not connect to Redis at 127.0.0.1:6379: Connection refused",
      "dial tcp 192.168.1.28:6379: connect: connection refused",
      "Error connecting to Redis on 127.0.0.1:6379 (Errno::ECONNREFUSED)",
      "redis.exceptions.ConnectionError: Error 111 connecting to h:6379. Connection refused.",
    ],
    nearMiss: "he refused the connection",
  },
  unreachable: {
    texts: ["connect EHOSTUNREACH 10.0.0.7:6379", "Could not connect to Redis at h:6379: No route to host"],
    nearMiss: "the network cannot be reached",
  },
  "connect-timeout": {
    texts: [
      "Error: connect ETIMEDOUT",
      "Could not connect to Redis at h:6379: Connection timed out",
      "redis.exceptions.TimeoutError: Timeout connecting to server",
      "dial tcp 10.0.0.7:6379: i/o timeout",
      "ConnectionTimeoutError: Connection timeout",
      "io.netty.channel.ConnectTimeoutException: connection timed out: h/10.0.0.7:6379",
    ],
    nearMiss: '"connectTimeout": 10000',
  },
  "reply-timeout": {
    texts: [
      "io.lettuce.core.RedisCommandTimeoutException: Command timed out after 1 minute(s)",
      "redis.exceptions.TimeoutError: Timeout reading from socket",
      "read tcp 10.0.0.1:5000->10.0.0.7:6379: i/o timeout",
      "context deadline exceeded",
      "JedisConnectionException: java.net.SocketTimeoutException: Read timed out",
    ],
    nearMiss: "timeout = 5",
  },
  "connection-reset": {
    texts: ["Error: read ECONNRESET", "redis.exceptions.ConnectionError: Connection reset by peer"],
    nearMiss: "reset the connection",
  },
  "connection-closed": {
    texts: [
      "redis.exceptions.ConnectionError: Connection closed by server.",
      "Error: Server closed the connection",
      "JedisConnectionException: Unexpected end of stream.",
      "SocketClosedUnexpectedlyError: Socket closed unexpectedly",
      "RedisException: read error on connection to h:6379",
      "Error: Connection is closed.",
      "redis: write: EOF",
      "EOF",
    ],
    nearMiss: "cat <<EOF\nhello\nEOF",
  },
  "not-redis": {
    texts: [
      'Protocol error, got "H" as reply type byte',
      "redis.exceptions.InvalidResponse: Protocol Error: b'HTTP/1.1 400 Bad Request'",
    ],
    nearMiss: "Protocol error: b'+OK'",
  },
  "auth-failed": {
    texts: [
      "It was not possible to connect to the redis server(s). There was an authentication failure; check that passwords (or client certificates) are configured correctly.",
      "Uncaught exception 'RedisException' with message 'Failed to AUTH connection'",
      "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\nWarning: AUTH failed",
      "Password authentication failed- AuthenticationFailed",
    ],
    nearMiss: "authentication did not work",
  },
  "ioredis-cluster": {
    texts: [
      "[ioredis] Unhandled error event: ClusterAllFailedError: Failed to refresh slots cache.",
      "Error: None of startup nodes is available",
    ],
    nearMiss: "refresh the slots cache",
  },
  "lettuce-cluster": {
    texts: [
      "io.lettuce.core.RedisException: Cannot retrieve initial cluster partitions from initial URIs [RedisURI [host='127.0.0.1', port=2882]]",
      "io.lettuce.core.RedisConnectionException: Unable to establish a connection to Redis Cluster",
      "No topology views found",
    ],
    nearMiss: "the topology was not found",
  },
  "jedis-cluster": {
    texts: [
      "redis.clients.jedis.exceptions.JedisClusterOperationException: Could not initialize cluster slots cache.",
      "JedisNoReachableClusterNodeException: No reachable node in cluster",
      "NoReachableNodesException",
    ],
    nearMiss: "no node can be reached",
  },
  "redis-py-cluster": {
    texts: [
      "redis.exceptions.RedisClusterException: Redis Cluster cannot be connected. Please provide at least one reachable node.",
      "Valkey Cluster cannot be connected. Please provide at least one reachable node",
    ],
    nearMiss: "the cluster cannot be connected",
  },
  "node-redis-cluster": {
    texts: ["RootNodesUnavailableError: All the root nodes are unavailable"],
    nearMiss: "root nodes",
  },
  "glide-cluster": {
    texts: [
      "IAM token refresh - Failed to update connection password with immediate auth: No connections found for multi-node operation- AllConnectionsUnavailable",
    ],
    nearMiss: "all connections are available",
  },
  "go-cluster": {
    texts: ["redis: cluster has no nodes", "the slot has no redis node", "the slot has no valkey node"],
    nearMiss: "the cluster has nodes",
  },
  "phpredis-cluster": {
    texts: ["RedisClusterException: Couldn't map cluster keyspace using any provided seed"],
    nearMiss: "map the keyspace",
  },
  "redis-rb-cluster": {
    texts: ["Redis client could not fetch cluster information: h:6379 (RedisClient::Cluster::InitialSetupError)"],
    nearMiss: "fetch information of the cluster",
  },
  "client-not-connected": {
    texts: [
      'MaxRetriesPerRequestError: Reached the max retries per request limit (which is 20). Refer to "maxRetriesPerRequest" option for details.',
      "It was not possible to connect to the redis server(s); to create a disconnected multiplexer, disable AbortOnConnectFail.",
      "No connection is active/available to service this operation: GET x",
      "org.springframework.data.redis.RedisConnectionFailureException: Unable to connect to Redis",
      "JedisException: Could not get a resource from the pool",
      "redis: connection pool timeout",
    ],
    nearMiss: "unable to connect to the office",
  },
};

test("every error row has its texts here, and no others", () => {
  assert.deepEqual(
    Object.keys(errors).sort(),
    errorLines()
      .map(({ id }) => id)
      .sort(),
  );
});

for (const [id, { texts, nearMiss }] of Object.entries(errors)) {
  for (const text of texts) {
    test(`${label(text)} is ${id}`, () => {
      const found = findErrorLine(text);
      assert.equal(found?.id, id);
      assert.ok(found.quoted !== "" && found.quoted.length <= 100);
      assert.ok(text.replace(/\s+/g, " ").includes(found.quoted));
      assert.deepEqual(foreign(text), {
        id,
        is: `the error text "${found.quoted}"`,
        next: `${found.means} ${found.next}`,
      });
    });
  }
  test(`${label(nearMiss)} is not ${id}, nor any error`, () => {
    assert.equal(findErrorLine(nearMiss), null);
  });
}

test("what is quoted are fixed words: no pattern takes in any letters that stand between", () => {
  // `.`, `\S`, `\w` and classes without a bound on what they take are only looked ahead to.
  for (const { id, pattern } of errorLines()) {
    const taken = pattern.source.replace(/\(\?<?[=!](?:[^()]|\([^()]*\))*\)/g, "");
    assert.doesNotMatch(taken.replaceAll("can.t", ""), /(?<!\\)\.(?:[*+{]|$)|\\[SwW][*+{]|\][*+{]/, id);
  }
});

test("every error row says what it means and what to do, in sentences", () => {
  for (const { id, means, next } of errorLines()) {
    for (const sentence of [means, next]) assert.match(sentence, /^[A-Z].*\.$/s, id);
    assert.doesNotMatch(next, /cacheauth (?!token|decode|lint|verify|rules)/, id);
  }
});

const scope = (service: string) =>
  `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20250101%2Fus-east-1%2F${service}%2Faws4_request&X-Amz-Date=20250101T000000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=${"0123456789abcdef".repeat(4)}`;
const ours = `my-cache/?Action=connect&User=me&${scope("elasticache")}`;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const base64url = (text: string) => Buffer.from(text).toString("base64url");
const eks = `https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15&${scope("sts").replace("=host", "=host%3Bx-k8s-aws-id")}`;
const msk = `https://kafka.us-east-1.amazonaws.com/?Action=kafka-cluster%3AConnect&${scope("kafka-cluster")}&User-Agent=x`;

/** Presigned requests of other services, and with each a text that has only one of its two marks. */
const services: Readonly<Record<string, { texts: readonly string[]; oneMark: string }>> = {
  rds: {
    texts: [
      `my-db.abc.us-east-1.rds.amazonaws.com:5432/?Action=connect&DBUser=me&${scope("rds-db")}`,
      `my-db.abc.us-east-1.rds.amazonaws.com:3306/?DBUser=me&Action=connect&${scope("rds-db")}`,
    ],
    oneMark: `my-cache/?Action=connect&User=me&${scope("rds-db")}`,
  },
  dsql: {
    texts: [
      `abc.dsql.us-east-1.on.aws/?Action=DbConnect&${scope("dsql")}`,
      `abc.dsql.us-east-1.on.aws/?Action=DbConnectAdmin&${scope("dsql")}`,
    ],
    oneMark: `my-cache/?Action=DbConnect&User=me&${scope("elasticache")}`,
  },
  redshift: {
    texts: [
      `https://redshift.us-east-1.amazonaws.com/?Action=GetClusterCredentials&DbUser=me&ClusterIdentifier=c&${scope("redshift")}`,
    ],
    oneMark: `my-cache/?Action=connect&User=me&${scope("redshift")}`,
  },
  neptune: {
    texts: [`wss://my.cluster-abc.us-east-1.neptune.amazonaws.com:8182/gremlin?${scope("neptune-db")}`],
    oneMark: `my-cache/?Action=connect&User=me&${scope("neptune-db")}`,
  },
  msk: {
    texts: [msk, base64url(msk), base64(msk)],
    oneMark: `my-cache/?Action=connect&User=me&${scope("kafka-cluster")}`,
  },
  eks: { texts: [eks, `k8s-aws-v1.${base64url(eks)}`], oneMark: `my-cache/?Action=connect&User=me&${scope("sts")}` },
  sts: {
    texts: [
      `https://sts.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15&${scope("sts")}`,
      `sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15&${scope("sts")}`,
    ],
    oneMark: `my-cache/?Action=GetCallerIdentity&User=me&${scope("elasticache")}`,
  },
  s3: {
    texts: [
      `https://bucket.s3.us-east-1.amazonaws.com/key.txt?${scope("s3")}&x-id=GetObject`,
      `http://localhost:9000/bucket/key?${scope("s3")}`,
    ],
    oneMark: `my-cache/?Action=connect&User=me&${scope("s3")}`,
  },
  iot: {
    texts: [`wss://abc-ats.iot.us-east-1.amazonaws.com/mqtt?${scope("iotdevicegateway")}`],
    oneMark: `my-cache/?Action=connect&User=me&${scope("iotdevicegateway")}`,
  },
  "other-presigned": {
    texts: [`https://abc.execute-api.us-east-1.amazonaws.com/prod/x?${scope("execute-api")}`],
    oneMark: `master.my-cache.abc123.use1.cache.amazonaws.com/?${scope("elasticashe")}`,
  },
};

test("every other service has its texts here, and no others", () => {
  assert.deepEqual(Object.keys(services).sort(), otherServices.map(({ id }) => id).sort());
});

for (const [id, { texts, oneMark }] of Object.entries(services)) {
  for (const text of texts) {
    test(`${label(text)} is of ${id}`, () => {
      assert.equal(findOtherService(text)?.id, id);
      assert.equal(foreign(`  ${text}\n`)?.id, id);
    });
  }
  test(`one mark of ${id} is not enough`, () => assert.equal(findOtherService(oneMark), null));
}

/** The own action or parameter of a service, and the scope of a cache. */
const ownMarkAlone: readonly string[] = [
  `my-cache/?Action=connect&DBUser=me&${scope("elasticache")}`,
  `my-cache/?Action=DbConnect&${scope("memorydb")}`,
  `my-cache/?Action=GetClusterCredentials&DbUser=me&${scope("elasticache")}`,
  `my.neptune.amazonaws.com/gremlin?${scope("elasticache")}`,
  `my-cache/?Action=kafka-cluster%3AConnect&${scope("elasticache")}`,
  `my-cache/?Action=GetCallerIdentity&${scope("elasticache").replace("=host", "=host%3Bx-k8s-aws-id")}`,
  `https://bucket.s3.us-east-1.amazonaws.com/key?${scope("elasticache")}&x-id=GetObject`,
  `abc.iot.us-east-1.amazonaws.com/mqtt?${scope("elasticache")}`,
  `elasticache.us-east-1.amazonaws.com/?Action=DescribeUsers&${scope("elasticache")}`,
  // Its service alone is wrong, though the path looks like that of an object.
  `https://my-cache/x/?Action=connect&User=me&${scope("s3")}`,
];

for (const text of ownMarkAlone) {
  test(`${label(text)} is of no other service`, () => assert.equal(findOtherService(text), null));
}

test("what a long text begins with is not taken for the whole", () => {
  assert.equal(foreign(`${"Aa1".repeat(10_000)} and words`)?.id, "plain-text");
});

test("a token of ours is no other service's, as it stands or in base64", () => {
  for (const text of [ours, base64(ours), ours.replace("elasticache", "memorydb"), "", "k8s-aws-v1.", "=", "?&&&"]) {
    assert.equal(findOtherService(text), null);
  }
});

const secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

/** What else is pasted, by the id of its row. */
const pasted: readonly (readonly [id: string, text: string])[] = [
  ["pem-key", "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----"],
  ["pem-key", "-----BEGIN PRIVATE KEY-----\nMIIEow\n-----END PRIVATE KEY-----"],
  ["pem-certificate", "-----BEGIN CERTIFICATE-----\nMIIEow\n-----END CERTIFICATE-----"],
  [
    "authorization-header",
    "Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20250101/us-east-1/sts/aws4_request",
  ],
  ["eks", '{"status":{"token":"k8s-aws-v1.aHR0cHM6Ly9zdHMu"}}'],
  ["codeartifact", "eyJ2ZXIiOjEsImlzdSI6MTczNzA2MzgyMCwiZW5jIjoiQTEyOEdDTSIsInRhZyI6In0.x.y.z.w"],
  ["ecr", base64("AWS:eyJwYXlsb2FkIjoiYWJj")],
  ["ecr", base64('{"payload":"abcdefghijklmnopqrstuvwxyz","datakey":"x"}')],
  ["jwt", jwt],
  ["jwt", `Authorization: Bearer ${jwt}`],
  ["unexpanded", "$(cacheauth token my-endpoint -u me)"],
  ["unexpanded", 'REDISCLI_AUTH="$(cacheauth token my-endpoint -u me)"'],
  ["unexpanded", "$TOKEN"],
  ["unexpanded", "\u0024{TOKEN}"],
  ["unexpanded", "\u0024{{ secrets.TOKEN }}"],
  ["unexpanded", "'$REDISCLI_AUTH'"],
  ["unexpanded", "%TOKEN%"],
  ["unexpanded", "$env:TOKEN"],
  ["unexpanded", "{{ .Values.token }}"],
  ["unexpanded", "`cacheauth token my-endpoint -u me`"],
  ["token-command", "cacheauth token my-endpoint -u me"],
  ["token-command", "$ aws rds generate-db-auth-token --hostname h"],
  ["aws-credentials", "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x"],
  ["aws-credentials", '{"Credentials":{"SecretAccessKey":"x"}}'],
  ["redacted", "[redacted]"],
  ["redacted", "****"],
  ["redacted", "PASSWORD=***"],
  ["command-line", "redis-cli -h h -a hunter2"],
  ["command-line", 'valkey-cli --tls -h h --user me --pass "x y"'],
  ["auth-line", "AUTH me hunter2"],
  ["auth-line", "h:6379> HELLO 3 AUTH me hunter2"],
  ["placeholder", "<TOKEN>"],
  ["placeholder", "your-token-here"],
  ["html", "<!DOCTYPE html><html><body>Sign in</body></html>"],
  ["xml", '<?xml version="1.0"?><a/>'],
  ["xml", "<Error><Code>Other</Code></Error>"],
  ["json", '{"user":"me"}'],
  ["json", '[{"a":1}]'],
  ["yaml", "---\na: 1"],
  ["yaml", "redis:\n  host: h\n  port: 6379"],
  ["access-key-id", "AKIAIOSFODNN7EXAMPLE"],
  ["access-key-id", "ASIAQNZGKIQY56JQ7WML"],
  ["session-token", `IQoJb3JpZ2luX2VjE${"Aa1+/".repeat(40)}==`],
  ["session-token", `FwoGZXIvYXdzE${"Aa1+/".repeat(40)}`],
  ["signature", "0123456789abcdef".repeat(4)],
  ["secret-access-key", secretKey],
  ["secret-access-key", `"${secretKey}"\n`],
  ["arn", "arn:aws:elasticache:us-east-1:123456789012:replicationgroup:my-cache"],
  ["arn", "arn:aws-cn:iam::123456789012:role/x"],
  ["uuid", "123e4567-e89b-12d3-a456-426614174000"],
  ["base64", base64("Some words that are no token at all, 123, but long")],
  ["file-name", "token.txt"],
  ["file-name", "/run/secrets/token"],
  ["file-name", "~/.aws/token.json"],
  ["environment-line", "PASSWORD=hunter2"],
  ["environment-line", "export REDISCLI_AUTH='hunter2'"],
  ["base64-token", base64(ours)],
  ["base64-token", base64(ours).replace(/.{76}/g, "$&\n")],
  ["base64-token", base64url(ours)],
  ["base64-token", Buffer.from(ours, "utf16le").toString("base64")],
  ["percent-base64-token", encodeURIComponent(base64(`${ours}&`))],
  ["hex-token", Buffer.from(ours).toString("hex")],
  ["cache-endpoint", "rediss://me:hunter2@master.my-cache.abc123.use1.cache.amazonaws.com:6379/0"],
  ["cache-endpoint", "clustercfg.my-db.abc123.memorydb.us-east-1.amazonaws.com"],
  ["other-host", "my-db.abc.us-east-1.rds.amazonaws.com"],
  ["other-host", "localhost:6379"],
  ["other-host", "10.0.0.7"],
  ["connection-url", "rediss://me:hunter2@cache.example.com:6379"],
  ["url", "https://example.com/token"],
  ["connection-string", "cache.example.com:6379,password=hunter2,ssl=true"],
  ["host", "cache.example.com"],
  ["host", "cache:6379"],
  ["gzip", "\u001f\u008b"],
  ["binary", "a\0b"],
  ["name", "my-cache"],
  ["name", "hunter2"],
  ["plain-text", "correct horse battery staple"],
  ["plain-text", "p@ssw0rd!"],
  ["plain-text", "hunter2.secret"],
  ["plain-text", "ünïcödé"],
];

test("every kind of text has one here", () => {
  const ids = new Set(pasted.map(([id]) => id));
  for (const { id } of foreignTexts()) assert.ok(ids.has(id), id);
});

for (const [index, [id, text]] of pasted.entries()) {
  test(`pasted ${index + 1}: ${label(text)} is ${id}`, () => {
    const found = findForeign(text, id === "gzip" ? new Uint8Array([0x1f, 0x8b, 8]) : new TextEncoder().encode(text));
    assert.equal(found?.id, id);
    assert.match(found.is, /^[a-zA-Z0-9].*[^.]$/);
    assert.match(found.next, /^[A-Z].*\.$/);
    for (const secret of ["hunter2", secretKey, jwt, "AKIAIOSFODNN7EXAMPLE"]) {
      assert.ok(!`${found.is} ${found.next}`.includes(secret));
    }
  });
}

test("an endpoint says which name it stands for", () => {
  const { is, next } = foreign("REDISS://master.my-cache.abc123.use1.cache.amazonaws.com:6379") ?? { is: "", next: "" };
  assert.equal(is, "the endpoint of the ElastiCache replication group my-cache");
  assert.equal(next, "Make a token for it: cacheauth token ENDPOINT -u USER.");
});

test("bytes that are no UTF-8 are binary, unless an error is legible in them", () => {
  const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const read = (bytes: Uint8Array) => findForeign(new TextDecoder().decode(bytes), bytes)?.id;
  assert.equal(read(latin1("caf\u00e9")), "binary");
  assert.equal(read(latin1("caf\u00e9: WRONGPASS invalid username-password pair")), "wrongpass");
  assert.equal(read(new TextEncoder().encode("caf\ufffd")), "plain-text");
});

test("nothing is nothing", () => {
  for (const text of ["", " ", "\n\t "]) assert.equal(foreign(text), null);
});

/** Texts with a secret in the place of S: it shows nowhere. */
const withSecret: readonly string[] = [
  "AUTH me S\n(error) WRONGPASS invalid username-password pair or user is disabled.",
  "ERR unknown command `HELLO`, with args beginning with: `3` `AUTH` `me` `S`",
  "ERR unknown command 'S'",
  "Cannot retrieve cluster partitions from [rediss://me:S@master.my.x.use1.cache.amazonaws.com:6379]",
  "Unable to connect to Redis; nested exception: rediss://me:S@h:6379: ECONNREFUSED",
  "getaddrinfo ENOTFOUND S",
  "x509: certificate is valid for S, not S",
  "No name matching S found",
  "dial tcp S: i/o timeout",
  "NOPERM User S has no permissions to run the 'S' command",
  "MOVED 1 S:6379",
  'Protocol error, got "S" as reply type byte',
  "User: S is not authorized to perform: S on resource: S",
  "The SSO session associated with this profile S has expired",
  "WRONGPASSS",
  "S",
  '"S"',
  "rediss://me:S@h:6379",
  "rediss://me:S@master.my-cache.abc123.use1.cache.amazonaws.com:6379",
  "rediss://S:x@master.my-cache.abc123.use1.cache.amazonaws.com:6379/S",
  "cache.example.com:6379,password=S,ssl=true",
  "PASSWORD=S",
  "aws_secret_access_key = S",
  "redis-cli -a S",
  "AUTH me S",
  '{"password":"S"}',
  "a: 1\nb: S",
  "<a>S</a>",
  "-----BEGIN RSA PRIVATE KEY-----\nS",
  "Bearer eyJhbGciOiJIUzI1NiJ9.S.S",
  "AWS4-HMAC-SHA256 Credential=S",
  "k8s-aws-v1.S",
  "https://S.example.com/S",
  "S words S",
  "arn:aws:iam::S:S",
  "$(cacheauth token S)",
  "S.txt",
  "S.example.com",
];
const sentinels = [secretKey, "Sentinel0Password", "s3ntinel-secret", "IQoJsentinel"];

for (const [index, form] of withSecret.entries()) {
  test(`the secret in text ${index + 1} shows nowhere: ${label(form)}`, () => {
    for (const secret of sentinels) {
      const text = form.replaceAll("S", (letter, at: number) =>
        /[A-Z]/.test(`${form[at - 1] ?? ""}${form[at + 1] ?? ""}`) ? letter : secret,
      );
      const said = JSON.stringify([foreign(text), findErrorLine(text), findOtherService(text)]);
      assert.ok(!said.toLowerCase().includes(secret.toLowerCase()), said);
    }
  });
}

test("property: any bytes are told, and never throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = new TextDecoder().decode(bytes);
      const found = findForeign(text, bytes);
      assert.equal(found === null, text.trim() === "");
    }),
    runs(2_000),
  );
});

const pieces = [
  ...pasted.map(([, text]) => text),
  ...Object.values(errors).flatMap(({ texts }) => texts.slice(0, 1)),
  ours,
  "?&=%#",
  "\0",
  "\ud800",
];

test("property: any texts, and pieces of known ones joined and cut, never throw, and quote what stands there", () => {
  const piece = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.constantFrom(...pieces));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), fc.nat(400), (parts, from) => {
      const text = parts.join("").slice(from % 7, 2_000 + from);
      foreign(text);
      findOtherService(text);
      const line = findErrorLine(text);
      if (line) assert.ok(text.replace(/\s+/g, " ").includes(line.quoted) && line.quoted.length <= 100);
    }),
    runs(2_000),
  );
});

const units: readonly string[] = [
  ..."axA0 %&{[<=$*.:/\\?#\"'`\n\t-_,@(",
  "abc ",
  "Aa1",
  "a:\n",
  "a=b,",
  "a.",
  "a-",
  "%41",
  "AUTH ",
  "dial tcp ",
  "MOVED ",
  "HELLO 3 ",
  "X-Amz-Credential=",
  "&Action=",
  "eyJ.",
  "\u001b[0m",
  "\0",
  "\ufffd",
  "é",
];

for (const [index, unit] of units.entries()) {
  test(`shape ${index + 1}: a megabyte of ${label(unit)} ends quickly`, () => {
    const text = unit.repeat(Math.ceil(1_048_576 / unit.length));
    const bytes = new TextEncoder().encode(text);
    const start = performance.now();
    findForeign(text, bytes);
    findForeign(`eyJhbGciOi${text}!`, bytes);
    findErrorLine(text);
    findOtherService(text);
    assert.ok(performance.now() - start < 1_000);
  });
}
