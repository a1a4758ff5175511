import java.util.TreeMap;
import java.util.stream.Stream;

/** What each recipe does with its client: SET and GET, one after another, until a dot comes on its standard input. */
interface Workload extends AutoCloseable {
  String whoami() throws Exception;

  void set(String key, String value) throws Exception;

  String get(String key) throws Exception;

  static String env(String name) {
    var value = System.getenv(name);
    if (value == null) throw new IllegalStateException(name + " is not set");
    return value;
  }

  /** How often the token's file is read again, where a client wants to know. */
  static long everySeconds() {
    return Long.parseLong(env("EVERY_SECONDS"));
  }

  interface Connecting {
    Workload connect() throws Exception;
  }

  /** Prints one line of JSON: what was done, or why the first login was refused. */
  static void run(Connecting client) {
    try (var connected = client.connect()) {
      System.out.println(lived(connected));
    } catch (Exception error) {
      System.out.println("{\"refused\":" + quoted(words(error)) + "}");
    }
    System.exit(0);
  }

  private static String lived(Workload client) throws Exception {
    var whoami = client.whoami();
    var commands = 0;
    // Each kind of failure, and how often.
    var lost = new TreeMap<String, Integer>();
    while (!isToldToEnd()) {
      for (var i = 0; i < 10; i += 1) {
        commands += 2;
        try {
          var value = "v" + commands;
          client.set("recipe", value);
          if (!value.equals(client.get("recipe"))) lost.merge("another value", 1, Integer::sum);
        } catch (Exception error) {
          lost.merge(words(error), 1, Integer::sum);
        }
      }
    }
    var failures = lost.entrySet().stream().map(each -> quoted(each.getKey()) + ":" + each.getValue()).toList();
    return "{\"whoami\":%s,\"commands\":%d,\"lost\":{%s}}"
        .formatted(quoted(whoami), commands, String.join(",", failures));
  }

  private static boolean isToldToEnd() throws Exception {
    while (System.in.available() > 0) {
      if (System.in.read() == '.') return true;
    }
    return false;
  }

  private static String words(Throwable error) {
    return Stream.iterate(error, each -> each != null, Throwable::getCause)
        .map(each -> each.getClass().getSimpleName() + ": " + each.getMessage())
        .reduce((above, below) -> above + " < " + below)
        .orElse("");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + '"';
  }
}
