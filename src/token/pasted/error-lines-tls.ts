import type { ErrorLineRow } from "./error-lines-row.ts";

/** TLS errors in the words of OpenSSL, Node, Python, Ruby, PHP, Java, Go, Rust and .NET. All come before any login. */
export const tlsErrorLines = (): readonly ErrorLineRow[] => [
  {
    id: "certificate-name",
    pattern:
      /ERR_TLS_CERT_ALTNAME_INVALID|Hostname\/IP does not match certificate's altnames|Hostname mismatch|IP address mismatch|x509: (?=certificate is (?:not )?valid for )|x509: cannot validate certificate for|No subject alternative (?:DNS )?names? (?:matching|present)|No name matching(?= \S{1,253} found)|does not match the server certificate|did not match expected CN|RemoteCertificateNameMismatch|NotValidForName/,
    means: "The server's certificate does not name the host that the client connected to; no login was tried.",
    next: "Connect by the endpoint's own name, not by an address, a CNAME or a tunnel; or tell the client that name.",
  },
  {
    id: "certificate-expired",
    pattern:
      /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|certificate (?:has expired|is not yet valid|expired)|CertificateExpiredException|CertificateNotYetValidException|NotTimeValid/i,
    means: "By the clock of the client, the server's certificate is not valid now; no login was tried.",
    next: "Compare the clock with the dates: `openssl s_client -connect HOST:6379 | openssl x509 -noout -dates`.",
  },
  {
    id: "client-certificate-required",
    pattern: /CERTIFICATE_REQUIRED|(?:alert|tls:) certificate required/i,
    means: "The server asks for a certificate of the client; no login was tried.",
    next: "See whose server it is, and whether that is the endpoint of the cache: `openssl s_client -connect HOST:6379`.",
  },
  {
    id: "certificate-untrusted",
    pattern:
      /UNABLE_TO_VERIFY_LEAF_SIGNATURE|unable to verify the first certificate|SELF_SIGNED_CERT|self[- ]signed certificate|UNABLE_TO_GET_ISSUER_CERT|unable to get (?:local )?issuer certificate|PKIX path building failed|unable to find valid certification path|certificate signed by unknown authority|RemoteCertificateChainErrors|UnknownIssuer|unknown ca\b|CERTIFICATE_VERIFY_FAILED|certificate verify failed|remote certificate (?:is invalid|was rejected)/i,
    means: "The client does not trust the authority that signed the server's certificate; no login was tried.",
    next: "Give the client the authority that signed it; who that is, shows `openssl s_client -connect HOST:6379 -showcerts`.",
  },
  {
    id: "tls-required",
    pattern: /Protocol error(?:, got |: b?)["'](?:\\x15|\\u0015|\u0015)/i,
    means: "The port speaks TLS, and the client does not; no login was tried.",
    next: "Switch TLS on in the client: rediss:// for redis://, --tls with redis-cli and valkey-cli.",
  },
  {
    id: "tls-not-spoken",
    pattern:
      /WRONG_VERSION_NUMBER|wrong version number|first record does not look like a TLS handshake|Unsupported or unrecognized SSL message|not an SSL\/TLS record|packet length too long|PACKET_LENGTH_TOO_LONG|InvalidContentType|Cannot determine the frame size|unexpected packet format/i,
    means: "The client speaks TLS, and what answered does not; no login was tried.",
    next: "IAM needs a cache with encryption in transit. Check host and port: `openssl s_client -connect HOST:6379`.",
  },
  {
    id: "tls-version",
    pattern:
      /UNSUPPORTED_PROTOCOL|unsupported protocol|alert protocol version|ALERT_PROTOCOL_VERSION|protocol version not supported|No appropriate protocol/i,
    means: "Client and server have no version of TLS in common; no login was tried.",
    next: "Try with -tls1_2, and with -tls1_3, which is all that public serverless endpoints take: `openssl s_client -connect HOST:6379 -tls1_3`.",
  },
  {
    id: "tls-handshake",
    pattern:
      /HANDSHAKE_FAILURE|handshake failure|SSLHandshakeException|TLS handshake (?:timeout|failed)|Remote host terminated the handshake|before secure TLS connection was established|UNEXPECTED_EOF_WHILE_READING|unexpected eof while reading|SSL_ERROR_SYSCALL|SSL_connect (?:failed|returned|SYSCALL)|SSL: Handshake timed out|\bEPROTO\b/i,
    means: "TLS was not agreed on; no login was tried.",
    next: "Try it by hand, and read its first error: `openssl s_client -connect HOST:6379`.",
  },
];
