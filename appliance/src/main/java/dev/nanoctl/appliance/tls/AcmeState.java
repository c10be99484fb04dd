package dev.nanoctl.appliance.tls;

import dev.nanoctl.appliance.tls.RenewalRule.Failures;
import dev.nanoctl.appliance.tls.RenewalRule.Window;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered about asking an authority, so that a restart asks no oftener.
 *
 * @param directory the authority that was asked last
 * @param issued the fingerprint of the certificate it gave last; empty before the first
 * @param failures what was tried in vain since
 * @param problem why it failed last; empty when it did not
 * @param window when the authority would like to renew that certificate
 */
record AcmeState(
    String directory,
    String issued,
    Failures failures,
    Optional<Problem> problem,
    Optional<Window> window) {

  /** Nothing was asked yet. */
  static AcmeState none(String directory) {
    return new AcmeState(directory, "", Failures.NONE, Optional.empty(), Optional.empty());
  }

  /** What is remembered about that authority; a damaged file is as good as none. */
  static AcmeState read(Path file, String directory) {
    try {
      JsonObject json = Json.parseObject(Files.readString(file));
      return json.text("directory").filter(directory::equals).isPresent()
          ? parse(json, directory)
          : none(directory);
    } catch (IOException
        | JsonSyntaxException
        | JsonTypeException
        | DateTimeException
        | ArithmeticException _) {
      return none(directory);
    }
  }

  private static AcmeState parse(JsonObject json, String directory) {
    int count = Math.toIntExact(json.integer("failures").orElse(0));
    Optional<Instant> failed = time(json, "failed_at");
    Failures failures =
        failed.isPresent() && count > 0
            ? new Failures(count, failed.get(), time(json, "not_before"))
            : Failures.NONE;
    Optional<Problem> problem =
        json.text("code")
            .map(code ->
                new Problem.Unavailable(
                    code, json.text("message").orElse(""), json.text("fix").orElse("")));
    Optional<Instant> start = time(json, "window_start");
    Optional<Instant> end = time(json, "window_end");
    Optional<Instant> said = time(json, "window_said");
    Optional<Window> window =
        start.isPresent() && end.isPresent() && said.isPresent()
            ? Optional.of(new Window(start.get(), end.get(), said.get()))
            : Optional.empty();
    return new AcmeState(directory, json.text("issued").orElse(""), failures, problem, window);
  }

  private static Optional<Instant> time(JsonObject json, String name) {
    return json.text(name).map(Instant::parse);
  }

  /** After another failure at that time. */
  AcmeState failed(Problem why, Instant at, Optional<Instant> notBefore) {
    return new AcmeState(
        directory,
        issued,
        new Failures(failures.count() + 1, at, notBefore),
        Optional.of(why),
        window);
  }

  /** After something was wrong before the authority was asked: that is no try. */
  AcmeState unasked(Problem why) {
    return new AcmeState(directory, issued, failures, Optional.of(why), window);
  }

  /** After a certificate was got. */
  AcmeState succeeded(String fingerprint) {
    return new AcmeState(directory, fingerprint, Failures.NONE, Optional.empty(), Optional.empty());
  }

  /** After the authority said when it would like to renew. */
  AcmeState with(Window said) {
    return new AcmeState(directory, issued, failures, problem, Optional.of(said));
  }

  void write(Path file) throws IOException {
    var json =
        JsonObject.builder()
            .put("directory", directory)
            .put("issued", issued)
            .put("failures", failures.count());
    if (failures.count() > 0) {
      json.put("failed_at", failures.last().toString());
      failures.notBefore().ifPresent(time -> json.put("not_before", time.toString()));
    }
    problem.ifPresent(
        why -> json.put("code", why.code()).put("message", why.message()).put("fix", why.fix()));
    window.ifPresent(said ->
        json.put("window_start", said.start().toString())
            .put("window_end", said.end().toString())
            .put("window_said", said.said().toString()));
    DurableFile.write(file, Json.text(json.build()).getBytes(StandardCharsets.UTF_8), "rw-------");
  }
}
