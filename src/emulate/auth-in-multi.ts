/**
 * What AUTH and HELLO come to inside MULTI. AWS: "Re-authentication using AUTH or HELLO is not supported inside MULTI/EXEC":
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html. What the service says then is not documented; a
 * stock server would run it.
 */
export function authInMulti(name: string): string {
  return `ERR ${name} inside MULTI/EXEC is not supported with IAM authentication: nobody was authenticated, and the connection's time was not prolonged`;
}
