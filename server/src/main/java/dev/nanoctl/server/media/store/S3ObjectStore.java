package dev.nanoctl.server.media.store;

import dev.nanoctl.core.PromptSockets;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;

/**
 * Objects in a bucket of any S3 endpoint. A body is spooled first, so that it is sent in one
 * request with its digest known; {@code If-None-Match: *} keeps objects immutable.
 */
public final class S3ObjectStore implements ObjectStore {
  /** The most that S3 takes in one request. */
  private static final long LARGEST = 5L << 30;

  private static final String DIGEST = "nanoctl-sha256";

  private final S3Settings settings;
  private final MinioClient client;
  private final S3Failures failures;
  private final boolean exclusivePut;

  private S3ObjectStore(S3Settings settings) {
    this.settings = settings;
    this.failures = new S3Failures(settings.place().where());
    this.client = client(settings, S3Settings.CONNECT_TIMEOUT, S3Settings.TRANSFER_TIMEOUT);
    this.exclusivePut = probe();
  }

  /** Opens the bucket, and finds out by trying whether it keeps an object from being replaced. */
  public static S3ObjectStore open(S3Settings settings) {
    return new S3ObjectStore(settings);
  }

  /** A client of the endpoint; whoever makes it closes it. */
  static MinioClient client(S3Settings settings, Duration connect, Duration transfer) {
    S3Settings.Place place = settings.place();
    OkHttpClient http =
        new OkHttpClient.Builder()
            .socketFactory(new PromptSockets())
            .connectTimeout(connect)
            .readTimeout(transfer)
            .writeTimeout(transfer)
            .build();
    MinioClient client =
        MinioClient.builder()
            .endpoint(place.endpoint().toString())
            .region(place.region())
            .credentials(settings.keys().access(), settings.keys().secret().value())
            .httpClient(http, true)
            .build();
    if (place.pathStyle()) {
      client.disableVirtualStyleEndpoint();
    } else {
      client.enableVirtualStyleEndpoint();
    }
    return client;
  }

  private boolean probe() {
    ObjectKey key = new ObjectKey("probe/" + UUID.randomUUID());
    byte[] bytes = "probe".getBytes(StandardCharsets.UTF_8);
    try (Spool spool = Spool.of(ObjectBody.of(bytes).stream(), settings.spool())) {
      check();
      failures.retrying(key, () -> send(key, spool));
      boolean refused = !failures.retrying(key, () -> sends(key, spool));
      delete(key);
      return refused;
    } catch (IOException e) {
      throw failures.unavailable(e);
    }
  }

  @Override
  public StoredObject put(ObjectKey key, ObjectBody body) {
    Spool received;
    try {
      received = Spool.of(body.stream(), settings.spool());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Spool spool = received) {
      BodyCheck.verify(key, body, spool.length(), spool.sha256());
      if (head(key).isPresent() || !failures.retrying(key, () -> sends(key, spool))) {
        requireSame(key, spool);
      }
      return head(key).orElseThrow(() -> new ObjectStoreProblem.NotFound(key).raise());
    } catch (IOException e) {
      throw failures.unavailable(e);
    }
  }

  /** False if the endpoint answered that the key is taken. */
  private boolean sends(ObjectKey key, Spool spool) {
    try {
      return send(key, spool);
    } catch (MinioException e) {
      if (S3Failures.isTaken(e)) {
        return false;
      }
      throw failures.translate(key, e);
    } catch (IOException e) {
      throw failures.unavailable(e);
    }
  }

  private boolean send(ObjectKey key, Spool spool) throws MinioException, IOException {
    Map<String, String> onlyIfAbsent = Map.of("If-None-Match", "*");
    Map<String, String> digest = Map.of(DIGEST, spool.sha256().hex());
    Optional<Path> file = spool.file();
    if (file.isPresent()) {
      client.uploadObject(
          UploadObjectArgs.builder()
              .bucket(settings.place().bucket())
              .object(settings.place().name(key))
              .headers(onlyIfAbsent)
              .userMetadata(digest)
              .filename(file.get().toString(), LARGEST)
              .build());
    } else {
      byte[] bytes = spool.bytes();
      client.putObject(
          PutObjectArgs.builder()
              .bucket(settings.place().bucket())
              .object(settings.place().name(key))
              .headers(onlyIfAbsent)
              .userMetadata(digest)
              .data(bytes, bytes.length)
              .build());
    }
    return true;
  }

  private void requireSame(ObjectKey key, Spool spool) throws IOException {
    StatObjectResponse stat = stat(key);
    Http.Headers metadata = stat.userMetadata();
    String known = metadata == null ? null : metadata.getFirst(DIGEST);
    String existing = known != null ? known : digestOf(key).hex();
    if (!existing.equals(spool.sha256().hex())) {
      throw new ObjectStoreProblem.Exists(key).raise();
    }
  }

  private Sha256 digestOf(ObjectKey key) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (ObjectContent content = get(key);
        InputStream in = new DigestInputStream(content.stream(), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Sha256.finish(digest);
  }

  private StatObjectResponse stat(ObjectKey key) {
    return failures.retrying(
        key,
        () ->
            client.statObject(
                StatObjectArgs.builder()
                    .bucket(settings.place().bucket())
                    .object(settings.place().name(key))
                    .build()));
  }

  @Override
  public ObjectContent get(ObjectKey key) {
    GetObjectResponse response =
        failures.retrying(
            key,
            () ->
                client.getObject(
                    GetObjectArgs.builder()
                        .bucket(settings.place().bucket())
                        .object(settings.place().name(key))
                        .build()));
    long size = Long.parseLong(String.valueOf(response.headers().get("Content-Length")));
    return new ObjectContent(response, size, size);
  }

  @Override
  public ObjectContent get(ObjectKey key, ByteRange range) {
    long size = head(key).orElseThrow(() -> new ObjectStoreProblem.NotFound(key).raise()).size();
    if (range.first() >= size) {
      throw new ObjectStoreProblem.RangeOutside(key, size).raise();
    }
    long length = range.lengthWithin(size);
    GetObjectResponse response =
        failures.retrying(
            key,
            () ->
                client.getObject(
                    GetObjectArgs.builder()
                        .bucket(settings.place().bucket())
                        .object(settings.place().name(key))
                        .offset(range.first())
                        .length(length)
                        .build()));
    return new ObjectContent(response, length, size);
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    try {
      StatObjectResponse stat = stat(key);
      return Optional.of(new StoredObject(key, stat.size(), stat.lastModified().toInstant()));
    } catch (ObjectStoreException e) {
      if (e.problem() instanceof ObjectStoreProblem.NotFound) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public boolean delete(ObjectKey key) {
    boolean existed = head(key).isPresent();
    failures.retrying(
        key,
        () -> {
          client.removeObject(
              RemoveObjectArgs.builder()
                  .bucket(settings.place().bucket())
                  .object(settings.place().name(key))
                  .build());
          return true;
        });
    return existed;
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> each) {
    ListObjectsArgs all =
        ListObjectsArgs.builder()
            .bucket(settings.place().bucket())
            .prefix(settings.place().start() + prefix)
            .recursive(true)
            .build();
    try {
      for (Result<Item> result : client.listObjects(all)) {
        Item item = result.get();
        each.accept(
            new StoredObject(
                settings.place().key(item.objectName()),
                item.size(),
                item.lastModified().toInstant()));
      }
    } catch (MinioException e) {
      throw failures.translate(new ObjectKey("list"), e);
    } catch (IllegalStateException e) {
      throw failures.unwrap(e);
    }
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities("s3", exclusivePut, true, LARGEST);
  }

  @Override
  public void check() {
    boolean exists =
        failures.retrying(
            new ObjectKey("check"),
            () ->
                client.bucketExists(
                    BucketExistsArgs.builder().bucket(settings.place().bucket()).build()));
    if (!exists) {
      throw new ObjectStoreProblem.Unavailable(
              settings.place().endpoint().toString(),
              "there is no bucket " + settings.place().bucket())
          .raise();
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (Exception e) {
      throw failures.unavailable(e);
    }
  }
}
