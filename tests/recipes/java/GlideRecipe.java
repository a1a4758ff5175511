import glide.api.BaseClient;
import glide.api.GlideClient;
import glide.api.models.configuration.AdvancedGlideClientConfiguration;
import glide.api.models.configuration.GlideClientConfiguration;
import glide.api.models.configuration.NodeAddress;
import glide.api.models.configuration.ServerCredentials;
import glide.api.models.configuration.TlsAdvancedConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** GLIDE is handed the file's token on a timer: it logs in with it at once, and whenever it reconnects. */
final class GlideRecipe {
  // recipe:begin
  static ServerCredentials credentials(String user, Path tokenFile) throws IOException {
    return ServerCredentials.builder().username(user).password(Files.readString(tokenFile)).build();
  }

  static ScheduledExecutorService keepAuthenticated(BaseClient client, Path tokenFile, Duration every) {
    var timer = Executors.newSingleThreadScheduledExecutor();
    Runnable login =
        () -> {
          try {
            client.updateConnectionPassword(Files.readString(tokenFile), true).get();
          } catch (Exception error) {
            System.err.println("not logged in again: " + error); // at the next turn
          }
        };
    timer.scheduleWithFixedDelay(login, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return timer;
  }
  // recipe:end

  public static void main(String[] args) {
    Workload.run(
        () -> {
          var file = Path.of(Workload.env("TOKEN_FILE"));
          var ca = Files.readAllBytes(Path.of(Workload.env("CACHE_CA")));
          var tls = TlsAdvancedConfiguration.builder().rootCertificates(ca).build();
          var address =
              NodeAddress.builder()
                  .host(Workload.env("CACHE_HOST"))
                  .port(Integer.parseInt(Workload.env("CACHE_PORT")))
                  .build();
          var configuration =
              GlideClientConfiguration.builder()
                  .address(address)
                  .useTLS(true)
                  .credentials(credentials(Workload.env("CACHE_USER"), file))
                  .advancedConfiguration(
                      AdvancedGlideClientConfiguration.builder().tlsAdvancedConfiguration(tls).build())
                  .build();
          var client = GlideClient.createClient(configuration).get();
          return new Connected(
              client, keepAuthenticated(client, file, Duration.ofSeconds(Workload.everySeconds())));
        });
  }

  private record Connected(GlideClient client, ScheduledExecutorService timer) implements Workload {
    public String whoami() throws Exception {
      return String.valueOf(client.customCommand(new String[] {"ACL", "WHOAMI"}).get());
    }

    public void set(String key, String value) throws Exception {
      client.set(key, value).get();
    }

    public String get(String key) throws Exception {
      return client.get(key).get();
    }

    public void close() throws Exception {
      timer.shutdownNow();
      client.close();
    }
  }
}
