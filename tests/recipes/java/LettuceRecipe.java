import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.ReauthenticateBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lettuce logs in again on every live connection as soon as the file has another token, and reconnects with it. */
final class LettuceRecipe {
  // recipe:begin
  record TokenFile(String user, Path file, Duration every) implements RedisCredentialsProvider {
    public Mono<RedisCredentials> resolveCredentials() {
      return Mono.fromCallable(() -> RedisCredentials.just(user, Files.readString(file)));
    }

    public boolean supportsStreaming() {
      return true;
    }

    public Flux<RedisCredentials> credentials() {
      return Flux.interval(every)
          .concatMap(tick -> resolveCredentials().onErrorComplete()) // unreadable: at the next tick
          .distinctUntilChanged(credentials -> new String(credentials.getPassword()));
    }
  }

  static RedisClient lettuce(RedisURI.Builder uri, TokenFile token, ClientOptions.Builder options) {
    var client = RedisClient.create(uri.withSsl(true).withAuthentication(token).build());
    // Each live connection logs in again with each new token, and its 12 hours begin anew.
    client.setOptions(options.reauthenticateBehavior(ReauthenticateBehavior.ON_NEW_CREDENTIALS).build());
    return client;
  }
  // recipe:end

  /** What was on its way when a connection was reset fails: for commands that may be carried out twice. */
  static <T> T repeated(Supplier<T> command) {
    try {
      return command.get();
    } catch (RedisCommandExecutionException answered) {
      throw answered;
    } catch (RedisException ended) {
      return command.get();
    }
  }

  public static void main(String[] args) {
    Workload.run(
        () -> {
          var uri =
              RedisURI.builder()
                  .withHost(Workload.env("CACHE_HOST"))
                  .withPort(Integer.parseInt(Workload.env("CACHE_PORT")));
          var file = Path.of(Workload.env("TOKEN_FILE"));
          var token =
              new TokenFile(Workload.env("CACHE_USER"), file, Duration.ofSeconds(Workload.everySeconds()));
          var trust = SslOptions.builder().trustManager(new File(Workload.env("CACHE_CA"))).build();
          var client = lettuce(uri, token, ClientOptions.builder().sslOptions(trust));
          return new Connected(client, client.connect().sync());
        });
  }

  private record Connected(RedisClient client, RedisCommands<String, String> commands) implements Workload {
    public String whoami() {
      return commands.aclWhoami();
    }

    public void set(String key, String value) {
      repeated(() -> commands.set(key, value));
    }

    public String get(String key) {
      return repeated(() -> commands.get(key));
    }

    public void close() {
      client.shutdown();
    }
  }
}
