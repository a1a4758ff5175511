import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisCredentials;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Jedis reads the file for each new connection, and leaves it to the application to send again what one that ended took. */
final class JedisRecipe {
  // recipe:begin
  static DefaultJedisClientConfig.Builder jedisConfig(
      String user, Path tokenFile, SslOptions tls) {
    Supplier<RedisCredentials> token =
        () -> {
          try {
            return new DefaultRedisCredentials(user, Files.readString(tokenFile));
          } catch (IOException error) {
            throw new UncheckedIOException(error);
          }
        };
    return DefaultJedisClientConfig.builder().sslOptions(tls).credentialsProvider(token);
  }

  /** Jedis repeats nothing by itself: for commands that may be carried out twice. */
  static <T> T repeated(Supplier<T> command) {
    for (int tries = 0; ; tries++) {
      try {
        return command.get();
      } catch (JedisConnectionException ended) {
        if (tries == 8) throw ended; // a pool of 8 may hold as many that have ended
      }
    }
  }
  // recipe:end

  public static void main(String[] args) {
    Workload.run(
        () -> {
          var config =
              jedisConfig(
                      Workload.env("CACHE_USER"),
                      Path.of(Workload.env("TOKEN_FILE")),
                      trusting(Path.of(Workload.env("CACHE_CA"))))
                  .build();
          var port = Integer.parseInt(Workload.env("CACHE_PORT"));
          return new Connected(
              RedisClient.builder().hostAndPort(Workload.env("CACHE_HOST"), port).clientConfig(config).build());
        });
  }

  private record Connected(RedisClient client) implements Workload {
    public String whoami() {
      return new String((byte[]) client.executeCommand(new CommandArguments(Protocol.Command.ACL).add("WHOAMI")));
    }

    public void set(String key, String value) {
      repeated(() -> client.set(key, value));
    }

    public String get(String key) {
      return repeated(() -> client.get(key));
    }

    public void close() {
      client.close();
    }
  }

  /** For a CA of one's own; with that of a cache in AWS, SslOptions.defaults(). */
  private static SslOptions trusting(Path ca) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var pem = Files.newInputStream(ca)) {
      store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    var bytes = new ByteArrayOutputStream();
    store.store(bytes, new char[0]);
    return SslOptions.builder()
        .trustStoreType("PKCS12")
        .truststore(() -> new ByteArrayInputStream(bytes.toByteArray()), new char[0])
        .build();
  }
}
