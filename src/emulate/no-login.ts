/** What a server says to whoever has not logged in. */
export const noAuth = "NOAUTH Authentication required.";

/** As redis-server 7.2 and Valkey have it; 7.0 leaves `<proto>` out. */
export const helloBeforeLogin =
  "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time";
