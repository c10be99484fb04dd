package dev.nanoctl.bench.load;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** People who read and search and creators who write, at an installed site, until told to end. */
public final class LoadProgram {
  private static final int READERS = 6;
  private static final int WRITERS = 2;
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final List<String> READS =
      List.of(
          "/api/v1/nanos?limit=5&n=%d",
          "/api/v1/categories?n=%d", "/openapi.json?n=%d", "/health?n=%d");

  private LoadProgram() {}

  /**
   * Runs until standard input ends.
   *
   * @param args host, port, the file of a creator's access token, and the file that receives what
   *     became of the requests
   */
  public static void main(String[] args) throws IOException {
    var server = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    String token = Files.readString(Path.of(args[2])).strip();
    Tally reads;
    Tally searches;
    Tally writes;
    try (var load = new Load(server, PAUSE)) {
      reads = load.start(READERS, LoadProgram::read);
      searches = load.start(1, number -> Ask.get("/api/v1/search?q=nano&n=" + number));
      writes = load.start(WRITERS, number -> write(number, token));
      while (System.in.read() >= 0) {
        // whatever is said, only the end counts
      }
    }
    JsonObject result =
        JsonObject.builder()
            .put("reads", told(reads))
            .put("searches", told(searches))
            .put("writes", told(writes))
            .build();
    Files.writeString(Path.of(args[3]), Json.text(result) + "\n");
  }

  /** Every address is asked once only, so that nothing on the way answers from memory. */
  private static Ask read(int number) {
    return Ask.get(READS.get(number % READS.size()).formatted(number));
  }

  private static Ask write(int number, String token) {
    JsonObject draft =
        JsonObject.builder()
            .put("title", "Written under load " + number)
            .put("duration_minutes", 5)
            .put("level", 1)
            .put("language", "en")
            .build();
    return new Ask(
        "POST", "/api/v1/nanos", Map.of("Authorization", "Bearer " + token), Json.text(draft));
  }

  private static JsonObject told(Tally tally) {
    return JsonObject.builder()
        .put("all", tally.all())
        .put("failed", tally.failed())
        .put("slow", tally.slow())
        .put("slowestMillis", tally.slowest().toMillis())
        .put("failures", JsonArray.ofTexts(tally.failures()))
        .build();
  }
}
