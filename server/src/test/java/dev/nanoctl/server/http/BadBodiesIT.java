package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.http.ApiDescription.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every endpoint that takes a body against every body that will not do; see {@link ApiRows}. */
final class BadBodiesIT {
  /** A change of a nano is held against the whole form, with what is stored. */
  private static final String MERGED = "PATCH /api/v1/nanos/{id}";

  private static ApiRows api;

  @BeforeAll
  static void start() {
    api = new ApiRows();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  /**
   * Where a body is looked at: endpoints that hold it against what is stored need something stored.
   */
  private static String bodyPath(Operation operation) {
    return operation.toString().equals(MERGED)
        ? operation.path().replace("{id}", api.draft())
        : ApiRows.path(operation);
  }

  private static String caller(Operation operation) {
    return operation.toString().equals(MERGED) ? "owner" : operation.role();
  }

  @Test
  void everyFieldOfEveryBodyIsChecked() {
    SoftAssertions softly = new SoftAssertions();
    int rows = 0;
    for (Operation operation : api.operations()) {
      if (operation.body().isEmpty()) {
        continue;
      }
      for (BadBodies.Bad bad : BadBodies.of(operation.body().get())) {
        rows++;
        api.row(
            softly,
            operation,
            bad.what(),
            caller(operation),
            client ->
                client.bytes(
                    operation.method(),
                    bodyPath(operation),
                    ApiRows.bytes(bad.body()),
                    Map.of("Content-Type", ApiRows.JSON)),
            ApiRows.Expected.of(ApiError.VALIDATION_ERROR, bad.field(), code(operation, bad)));
      }
    }
    assertThat(rows).isGreaterThan(200);
    softly.assertAll();
  }

  /** A change of a nano is held against the whole form: what becomes null is missing there. */
  private static String code(Operation operation, BadBodies.Bad bad) {
    boolean merged = operation.toString().equals(MERGED);
    return merged && bad.what().startsWith("null for ") ? "required" : bad.code();
  }

  /** Bytes that are no ApiRows.JSON object, and what they are answered with. */
  private static Map<byte[], ApiRows.Expected> notAnObject() {
    return Map.of(
        utf8("hello"),
        ApiRows.Expected.of(ApiError.BAD_REQUEST),
        utf8("{\"a\": "),
        ApiRows.Expected.of(ApiError.BAD_REQUEST),
        utf8("{\"a\": 1, \"a\": 2}"),
        ApiRows.Expected.of(ApiError.BAD_REQUEST),
        utf8("[".repeat(100_000)),
        ApiRows.Expected.of(ApiError.BAD_REQUEST),
        utf8("{} {}"),
        ApiRows.Expected.of(ApiError.BAD_REQUEST),
        new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
        ApiRows.Expected.of(ApiError.BAD_REQUEST),
        utf8("[]"),
        ApiRows.Expected.of(ApiError.VALIDATION_ERROR, "", "wrong_type"),
        utf8("null"),
        ApiRows.Expected.of(ApiError.VALIDATION_ERROR, "", "wrong_type"),
        utf8("{\"a\": \"" + "x".repeat(256 * 1024) + "\"}"),
        ApiRows.Expected.of(ApiError.PAYLOAD_TOO_LARGE));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsNoJsonIsRefused() {
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : api.operations()) {
      if (operation.body().isEmpty()) {
        continue;
      }
      String path = bodyPath(operation);
      String as = caller(operation);
      notAnObject()
          .forEach((bytes, expected) ->
              api.row(
                  softly,
                  operation,
                  new String(bytes, 0, Math.min(20, bytes.length), StandardCharsets.ISO_8859_1),
                  as,
                  c ->
                      c.bytes(
                          operation.method(), path, bytes, Map.of("Content-Type", ApiRows.JSON)),
                  expected));
      byte[] good = ApiRows.bytes(BadBodies.good(operation.body().get()));
      for (Map<String, String> headers :
          List.of(
              Map.of("Content-Type", "text/plain"),
              Map.of("Content-Type", "application/x-www-form-urlencoded"),
              Map.<String, String>of(),
              Map.of("Content-Type", ApiRows.JSON, "Content-Encoding", "gzip"))) {
        api.row(
            softly,
            operation,
            "sent as " + headers,
            as,
            c -> c.bytes(operation.method(), path, good, headers),
            ApiRows.Expected.of(ApiError.UNSUPPORTED_MEDIA_TYPE));
      }
      if (operation.bodyRequired()) {
        api.row(
            softly,
            operation,
            "nothing sent",
            as,
            c ->
                c.bytes(
                    operation.method(), path, new byte[0], Map.of("Content-Type", ApiRows.JSON)),
            ApiRows.Expected.of(ApiError.BAD_REQUEST));
      }
    }
    softly.assertAll();
  }

  @Test
  void bytesOfAnotherTypeAreRefused() {
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : api.operations()) {
      if (operation.takes().isEmpty() || operation.body().isPresent()) {
        continue;
      }
      api.row(
          softly,
          operation,
          "sent as text",
          operation.role(),
          c ->
              c.bytes(
                  operation.method(),
                  ApiRows.path(operation),
                  new byte[] {1},
                  Map.of("Content-Type", "text/plain", "Upload-Offset", "0")),
          ApiRows.Expected.of(ApiError.UNSUPPORTED_MEDIA_TYPE));
      for (String offset : List.of("x", "-1", "1.5", "9999999999999999999")) {
        api.row(
            softly,
            operation,
            "with the offset " + offset,
            operation.role(),
            c ->
                c.bytes(
                    operation.method(),
                    ApiRows.path(operation),
                    new byte[] {1},
                    Map.of(
                        "Content-Type",
                        operation.takes().iterator().next(),
                        "Upload-Offset",
                        offset)),
            ApiRows.Expected.of(ApiError.BAD_REQUEST, "Upload-Offset", "required"));
      }
    }
    softly.assertAll();
  }
}
