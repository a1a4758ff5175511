/** A kind of text that is told by its shape alone. */
export interface ForeignText {
  readonly id: string;
  /** Completes "This is not a token but …"; nothing of the text is repeated, for it may be a secret. */
  readonly is: string;
  readonly next: string;
  /** Anchored, or without anything that could be tried twice: the text may be a megabyte of one letter. */
  readonly pattern: RegExp;
}

const makeToken = "Make a token: cacheauth token ENDPOINT -u USER.";
const makesOne = "cacheauth token ENDPOINT -u USER makes one.";
const expand =
  "Let a shell replace it: no single quotes around it, and no place that no shell reads (a .env file, JSON, a unit).";

/** The first that matches counts, so the specific stand first. */
let table: readonly ForeignText[] | undefined;

/** Made when first asked for: a token needs none of these patterns. */
export function foreignTexts(): readonly ForeignText[] {
  table ??= rows();
  return table;
}

const rows = (): readonly ForeignText[] => [
  {
    id: "pem-key",
    is: "a private key in PEM",
    next: makeToken,
    pattern: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/,
  },
  {
    id: "pem-certificate",
    is: "a certificate, or another PEM file that is no private key",
    next: makeToken,
    pattern: /-----BEGIN [A-Z0-9 ]{1,40}-----/,
  },
  {
    id: "authorization-header",
    is: "an Authorization header of a signed AWS request",
    next: `A cache takes a presigned URL in place of it: ${makesOne}`,
    pattern: /AWS4-HMAC-SHA256 Credential=/i,
  },
  {
    id: "eks",
    is: "a login to an EKS cluster",
    next: makeToken,
    pattern: /\bk8s-aws-v1\.[\w-]/,
  },
  {
    id: "codeartifact",
    is: "a login to CodeArtifact",
    // The letters are base64 of {"ver":1,"isu": as its encrypted header begins.
    next: makeToken,
    pattern: /^(?:[Bb]earer )?eyJ2ZXIiOjEsImlzdSI6/,
  },
  {
    id: "ecr",
    is: "a login to ECR, the container registry",
    // Base64 of AWS: and of {"payload":" as aws ecr get-login-password prints it.
    next: makeToken,
    pattern: /^(?:[Bb]asic )?(?:QVdTO[g-v]|AWS:eyJ|eyJwYXlsb2FkIjoi)/,
  },
  {
    id: "jwt",
    is: "a JSON Web Token",
    next: makeToken,
    pattern: /^(?:authorization: )?(?:bearer )?eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*){1,3}$/i,
  },
  {
    id: "unexpanded",
    is: "a variable or command that was not replaced by its value",
    next: expand,
    pattern:
      /\$\(\s?(?:cacheauth|aws)\b|^(?:(?:export )?[A-Za-z_]\w{0,60}=)?["']?(?:\$\(|\$\{|`[a-z]|\{\{|%[A-Za-z_]\w{0,60}%["']?$|\$(?:env:\w{1,60}|[A-Z_][A-Z0-9_]{1,60}|token|auth_token|password)["']?$)/,
  },
  {
    id: "token-command",
    is: "the command that makes a token, not what it prints",
    next: "Run it, and pass on what it prints: cacheauth token ENDPOINT -u USER | cacheauth lint.",
    pattern:
      /^(?:[$#>] ?)?(?:cacheauth token\b|generate-cache-auth-token\b|developer-toolkit-elasticache generate|aws \S{1,40} generate-\S{0,20}auth-token\b)/,
  },
  {
    id: "aws-credentials",
    is: "AWS credentials, which sign tokens",
    next: "Take them away from where others see them, set them in the environment, and run cacheauth token ENDPOINT -u USER.",
    pattern: /aws_secret_access_key|SecretAccessKey|aws_access_key_id/i,
  },
  {
    id: "redacted",
    is: "a text whose secret a program had masked",
    next: "Take the token where it is made or sent, not from a log.",
    pattern: /[[<(]redacted[\])>]|\bREDACTED\b|\*{3,}|•{3,}|\bx{8,}\b/i,
  },
  {
    id: "command-line",
    is: "a command without a token in it",
    next: "Pass what stands for the password in it: after -a, --pass or REDISCLI_AUTH=.",
    pattern:
      /^(?:[$#>] ?)?(?:sudo )?(?:redis-cli|valkey-cli|cacheauth|aws|curl|docker|kubectl|openssl|psql|mysql|echo|printf|node|npx|python3?|java)(?:\.exe)? (?=\S)/,
  },
  {
    id: "auth-line",
    is: "an AUTH line whose password is no token",
    next: `The last word of it must be the token: ${makesOne}`,
    pattern: /^(?:\S{1,300}> )?(?:HELLO \d (?:\S{1,60} )?)?AUTH \S/i,
  },
  {
    id: "placeholder",
    is: "a placeholder that was not filled in",
    next: `Put the token in its place: ${makesOne}`,
    pattern: /^<[A-Za-z][\w .-]{0,60}>$|^(?:your|my|insert)[-_ ](?:auth[-_ ])?(?:token|password)(?:[-_ ]here)?$/i,
  },
  {
    id: "html",
    is: "an HTML page",
    next: "Read it in a browser: mostly it is the error or login page of what was asked for a token.",
    pattern: /^<(?:!doctype html|html|head|body)\b/i,
  },
  {
    id: "xml",
    is: "an XML document",
    next: "Read the Code and Message in it, if it is an answer of AWS, and pass those.",
    pattern: /^<\?xml\b|^<[A-Za-z][\w:.-]{0,80}[\s/>]/,
  },
  {
    id: "json",
    is: "JSON without a token in it",
    next: `Pass the field with the token: ${makesOne}`,
    pattern: /^(?:\{\s*["}]|\[\s*["{[\]])/,
  },
  {
    id: "yaml",
    is: "YAML without a token in it",
    next: `Pass the value with the token: ${makesOne}`,
    pattern: /^(?:---\s|- [\w.-]{1,60}:\s|[\w.-]{1,60}:(?: [^\n]{0,500})?\r?\n\s*(?:- )?[\w."-]{1,60}:(?=\s|$))/,
  },
  {
    id: "access-key-id",
    is: "an AWS access key id",
    next: `It only names the key that signs a token: ${makesOne}`,
    pattern: /^(?:AKIA|ASIA)[A-Z0-9]{12,28}$/,
  },
  {
    id: "session-token",
    is: "an AWS session token, which belongs to a pair of keys",
    next: "Set it as AWS_SESSION_TOKEN beside its two keys, and run cacheauth token ENDPOINT -u USER.",
    pattern: /^(?:FwoG|FQoG|IQoJ|AgoJ)[A-Za-z0-9+/=%]{60,}$/,
  },
  {
    id: "signature",
    is: "64 hexadecimal digits, as the signature of a token has, or a SHA-256",
    next: `Pass the whole token, of which a signature is the end: ${makesOne}`,
    pattern: /^[0-9a-f]{64}$/i,
  },
  {
    id: "secret-access-key",
    is: "40 letters of base64, as an AWS secret access key has",
    next: "If it is one, take it away from where others see it, and set it as AWS_SECRET_ACCESS_KEY.",
    pattern: /^(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])(?=[^0-9+/]*[0-9+/])[A-Za-z0-9+/]{40}$/,
  },
  {
    id: "arn",
    is: "an ARN",
    next: "Its last part is the name to sign: cacheauth token --replication-group-id NAME -u USER --region REGION.",
    pattern: /^arn:aws[a-z-]{0,20}:[a-z]/,
  },
  {
    id: "uuid",
    is: "a UUID",
    next: makeToken,
    pattern: /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i,
  },
  {
    id: "base64",
    is: "base64 of something that is no token",
    next: "Decode it with base64 -d to see what it is, and pass that.",
    pattern: /^(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])(?=[^0-9]*[0-9])[A-Za-z0-9+/]{41,}={0,2}$/,
  },
  {
    id: "file-name",
    is: "the name of a file",
    next: "Pass what is in it: cacheauth lint --token-file FILE.",
    pattern:
      /^(?:\.{0,2}\/|~\/|[A-Za-z]:\\|@)?[\w./\\~-]{1,200}\.(?:txt|token|json|ya?ml|env|pem|log|conf)$|^(?:\.{1,2}|~)?\/[\w.-][\w./-]{0,200}$/,
  },
  {
    id: "environment-line",
    is: "a line that sets a variable to something that is no token",
    next: `Its value must be the token: ${makesOne}`,
    pattern: /^(?:export |set |setx |\$env:)?[A-Za-z_]\w{1,60} ?= ?[^=\s][^\n]*$/i,
  },
];
