package dev.nanoctl.server.http;

import dev.nanoctl.core.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an endpoint answers: a status, headers, and JSON data in the envelope or other content. */
public final class Answer {
  /** What is sent after the headers. */
  public sealed interface Content {
    /** Nothing. */
    record None() implements Content {}

    /** JSON in the envelope. */
    record Data(Consumer<JsonWriter> data, @Nullable Consumer<JsonWriter> meta)
        implements Content {}

    /** Bytes in memory. */
    @SuppressWarnings("ArrayRecordComponent") // sent, never compared
    record Bytes(String mediaType, byte[] bytes) implements Content {}

    /** Bytes written by and by; a length of -1 is not known. */
    record Stream(String mediaType, long length, Writer writer) implements Content {}
  }

  /** Writes streamed content. */
  @FunctionalInterface
  public interface Writer {
    /** Writes all of it; the stream is closed by the caller. */
    void write(OutputStream out) throws IOException;
  }

  private final int status;
  private final Content content;
  private final List<Map.Entry<String, String>> headers = new ArrayList<>();
  private final List<String> topics = new ArrayList<>();
  private @Nullable String etag;
  private @Nullable String cacheControl;

  private Answer(int status, Content content) {
    this.status = status;
    this.content = content;
  }

  /** 200 with the value the body writes: {@code Answer.ok(json -> json.object(o -> …))}. */
  public static Answer ok(Consumer<JsonWriter> data) {
    return json(200, data);
  }

  /** 201 with the value the body writes. */
  public static Answer created(Consumer<JsonWriter> data) {
    return json(201, data);
  }

  /** 202 with the value the body writes. */
  public static Answer accepted(Consumer<JsonWriter> data) {
    return json(202, data);
  }

  /** 204. */
  public static Answer noContent() {
    return new Answer(204, new Content.None());
  }

  /** Any status with the value the body writes. */
  public static Answer json(int status, Consumer<JsonWriter> data) {
    return new Answer(status, new Content.Data(data, null));
  }

  /** Any status without content. */
  public static Answer empty(int status) {
    return new Answer(status, new Content.None());
  }

  /** One page of a list, with the four members of {@code meta} that pages have. */
  public static <T> Answer page(
      Page page, long total, List<? extends T> items, BiConsumer<JsonWriter, ? super T> item) {
    long pages = (total + page.limit() - 1) / page.limit();
    return ok(json -> json.array(items, item))
        .meta(m ->
            m.field("page", page.number())
                .field("per_page", page.limit())
                .field("total", total)
                .field("total_pages", pages));
  }

  /** A part of a list with the cursor of the next part, if there is one. */
  public static <T> Answer cursor(
      List<? extends T> items, BiConsumer<JsonWriter, ? super T> item, @Nullable String next) {
    return ok(json -> json.array(items, item))
        .meta(m -> {
          if (next != null) {
            m.field("next_cursor", next);
          }
        });
  }

  /** Other content than JSON, in memory. */
  public static Answer bytes(int status, String mediaType, byte[] bytes) {
    return new Answer(status, new Content.Bytes(mediaType, bytes));
  }

  /** Other content than JSON, streamed; a length of -1 is not known. */
  public static Answer stream(int status, String mediaType, long length, Writer writer) {
    return new Answer(status, new Content.Stream(mediaType, length, writer));
  }

  /** The same answer with more members in {@code meta}. */
  public Answer meta(Consumer<JsonWriter> members) {
    if (!(content instanceof Content.Data(var data, var meta))) {
      throw new IllegalStateException("only JSON has meta");
    }
    Answer more =
        new Answer(status, new Content.Data(data, meta == null ? members : meta.andThen(members)));
    more.headers.addAll(headers);
    more.topics.addAll(topics);
    more.etag = etag;
    more.cacheControl = cacheControl;
    return more;
  }

  /** Adds a header. */
  public Answer header(String name, String value) {
    headers.add(Map.entry(name, value));
    return this;
  }

  /** Sets the entity tag, without quotes. */
  public Answer etag(String value) {
    etag = "\"" + value + "\"";
    return this;
  }

  /** Sets the entity tag to the version of a row. */
  public Answer etag(long rowVersion) {
    return etag(Long.toString(rowVersion));
  }

  /** Sets {@code Cache-Control}, which otherwise follows from the endpoint. */
  public Answer cacheControl(String value) {
    cacheControl = value;
    return this;
  }

  /**
   * Names what a cached answer shows besides the endpoint's own topics, such as {@code nano:ID}.
   */
  public Answer shows(String... what) {
    Collections.addAll(topics, what);
    return this;
  }

  /** The status. */
  public int status() {
    return status;
  }

  /** What is sent. */
  public Content content() {
    return content;
  }

  List<Map.Entry<String, String>> headers() {
    return headers;
  }

  List<String> topics() {
    return topics;
  }

  @Nullable String etag() {
    return etag;
  }

  @Nullable String cacheControl() {
    return cacheControl;
  }
}
