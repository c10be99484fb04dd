package dev.nanoctl.server.media.store;

import io.minio.BucketExistsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;

/**
 * Looks at a bucket once, without patience: whether its endpoint answers, knows the bucket, has the
 * same time, and takes an object. What it writes it removes.
 */
public final class S3Probe {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** How far the look came. */
  public enum Reach {
    /** The endpoint does not answer, or not as S3. */
    NO_ANSWER,
    /** It refuses the keys. */
    DENIED,
    /** It answers and has no such bucket. */
    NO_BUCKET,
    /** The bucket is there and does not take an object. */
    READ_ONLY,
    /** All is well. */
    WRITABLE
  }

  /**
   * What was found.
   *
   * @param detail what the endpoint said, if it was not what was hoped for; else empty
   * @param skew how far its clock is ahead of ours; empty if it did not say
   */
  public record Found(Reach reach, String detail, Optional<Duration> skew) {}

  private final S3Settings settings;
  private final InstantSource clock;

  /** A look at that bucket, comparing clocks with this one. */
  public S3Probe(S3Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Looks. */
  public Found look() {
    Optional<Duration> skew;
    try {
      skew = skew();
    } catch (IOException e) {
      return new Found(Reach.NO_ANSWER, said(e), Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Found(Reach.NO_ANSWER, "interrupted", Optional.empty());
    }
    MinioClient client = S3ObjectStore.client(settings, PATIENCE, PATIENCE);
    try {
      return look(client, skew);
    } catch (ErrorResponseException e) {
      return new Found(reach(e), e.errorResponse().code(), skew);
    } catch (MinioException | IllegalStateException e) {
      return new Found(Reach.NO_ANSWER, said(e), skew); // the client throws a lost line as either
    } finally {
      close(client);
    }
  }

  private static void close(MinioClient client) {
    try {
      client.close();
    } catch (Exception e) {
      // it was asked what there was to ask
    }
  }

  private Found look(MinioClient client, Optional<Duration> skew) throws MinioException {
    String bucket = settings.place().bucket();
    if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
      return new Found(Reach.NO_BUCKET, "", skew);
    }
    String name = settings.place().name(new ObjectKey("probe/" + UUID.randomUUID()));
    byte[] bytes = "probe".getBytes(StandardCharsets.UTF_8);
    try {
      client.putObject(
          PutObjectArgs.builder().bucket(bucket).object(name).data(bytes, bytes.length).build());
      client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(name).build());
    } catch (ErrorResponseException e) {
      return new Found(Reach.READ_ONLY, e.errorResponse().code(), skew);
    }
    return new Found(Reach.WRITABLE, "", skew);
  }

  private static Reach reach(ErrorResponseException e) {
    if ("NoSuchBucket".equals(e.errorResponse().code())) {
      return Reach.NO_BUCKET;
    }
    int status = e.response().code();
    return status == 401 || status == 403 ? Reach.DENIED : Reach.NO_ANSWER;
  }

  /** Every HTTP answer says what time its sender has, even one that refuses. */
  private Optional<Duration> skew() throws IOException, InterruptedException {
    URI endpoint = settings.place().endpoint();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint.resolve("/")).timeout(PATIENCE).GET().build();
      return client
          .send(request, HttpResponse.BodyHandlers.discarding())
          .headers()
          .firstValue("Date")
          .flatMap(S3Probe::time)
          .map(theirs -> Duration.between(clock.instant(), theirs));
    }
  }

  private static Optional<Instant> time(String header) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static String said(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
