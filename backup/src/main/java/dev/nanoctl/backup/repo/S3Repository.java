package dev.nanoctl.backup.repo;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import dev.nanoctl.core.PromptSockets;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/**
 * A repository in a bucket of any S3 endpoint. One request writes an object; a key is looked up
 * before it is written and, where the endpoint knows {@code If-None-Match}, guarded by it too.
 */
public final class S3Repository implements Repository {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration TRANSFER = Duration.ofMinutes(2);

  private final S3Target target;
  private final Bandwidth bandwidth;
  private final MinioClient client;
  private final S3Calls calls;
  private final Capabilities capabilities;

  private S3Repository(S3Target target, Bandwidth bandwidth) throws IOException {
    this.target = target;
    this.bandwidth = bandwidth;
    var connections = new ConnectionPool();
    this.client = client(target, bandwidth, connections);
    this.calls = new S3Calls(connections::evictAll);
    boolean opened = false;
    try {
      requireBucket();
      this.capabilities = new S3Capabilities(client, target, calls).find();
      opened = true;
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  /**
   * Opens the bucket and finds out by trying what the endpoint can do.
   *
   * @param bandwidth what transfers may take, in both directions together
   */
  public static S3Repository open(S3Target target, Bandwidth bandwidth) throws IOException {
    return new S3Repository(target, bandwidth);
  }

  private static MinioClient client(
      S3Target target, Bandwidth bandwidth, ConnectionPool connections) {
    OkHttpClient http =
        new OkHttpClient.Builder()
            .socketFactory(new PromptSockets())
            .connectionPool(connections)
            .connectTimeout(CONNECT)
            .readTimeout(TRANSFER)
            .writeTimeout(TRANSFER)
            .addNetworkInterceptor(new BandwidthInterceptor(bandwidth))
            .build();
    MinioClient client =
        MinioClient.builder()
            .endpoint(target.endpoint().toString())
            .region(target.region())
            .credentials(target.account().access(), target.account().secret().value())
            .httpClient(http, true)
            .build();
    if (target.pathStyle()) {
      client.disableVirtualStyleEndpoint();
    } else {
      client.enableVirtualStyleEndpoint();
    }
    return client;
  }

  private void requireBucket() throws RepositoryException {
    boolean exists =
        calls.retrying(
            target.where(),
            () -> client.bucketExists(BucketExistsArgs.builder().bucket(target.bucket()).build()));
    if (!exists) {
      throw new RepositoryException(Kind.MISSING, target.where(), "there is no such bucket");
    }
  }

  @Override
  public Stored put(String key, ByteBuffer content) throws IOException {
    RepositoryKeys.require(key);
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    if (size(key).isEmpty() && sends(key, bytes)) {
      return Stored.NEW;
    }
    Optional<byte[]> existing = get(key, Integer.MAX_VALUE);
    if (existing.isEmpty() || !Arrays.equals(existing.get(), bytes)) {
      throw new RepositoryException(Kind.TAKEN, key, "exists with other content");
    }
    return Stored.SAME;
  }

  /**
   * False if the key is there by now: another wrote it, or our own attempt whose answer was lost.
   */
  private boolean sends(String key, byte[] bytes) throws RepositoryException {
    Map<String, String> guard =
        capabilities.conditionalPut() ? Map.of("If-None-Match", "*") : Map.of();
    var attempts = new int[1];
    return calls.retrying(
        key,
        () -> {
          if (attempts[0]++ > 0 && size(key).isPresent()) {
            return false;
          }
          try {
            client.putObject(
                PutObjectArgs.builder()
                    .bucket(target.bucket())
                    .object(target.name(key))
                    .headers(guard)
                    .data(bytes, bytes.length)
                    .build());
            return true;
          } catch (MinioException e) {
            if (!guard.isEmpty() && S3Calls.isTaken(e)) {
              return false;
            }
            throw e;
          }
        });
  }

  private Optional<Long> size(String key) throws RepositoryException {
    try {
      return Optional.of(
          calls.retrying(
              key,
              () ->
                  client
                      .statObject(
                          StatObjectArgs.builder()
                              .bucket(target.bucket())
                              .object(target.name(key))
                              .build())
                      .size()));
    } catch (RepositoryException e) {
      if (e.kind() == Kind.MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public Optional<byte[]> get(String key, int limit) throws IOException {
    var args =
        GetObjectArgs.builder()
            .bucket(target.bucket())
            .object(target.name(RepositoryKeys.require(key)))
            .build();
    try {
      return Optional.of(
          calls.retrying(
              key,
              () -> {
                try (GetObjectResponse response = client.getObject(args)) {
                  String size = response.headers().get("Content-Length");
                  long length = Long.parseLong(String.valueOf(size));
                  if (length > limit) {
                    throw new IllegalArgumentException(key + " has more than " + limit + " bytes");
                  }
                  return read(key, response, (int) length);
                }
              }));
    } catch (IllegalArgumentException e) {
      throw new RepositoryException(Kind.DAMAGED, key, "is of no size to be accepted", e);
    } catch (RepositoryException e) {
      if (e.kind() == Kind.MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public byte[] get(String key, long offset, int length) throws IOException {
    if (length == 0) {
      return new byte[0];
    }
    var args =
        GetObjectArgs.builder()
            .bucket(target.bucket())
            .object(target.name(RepositoryKeys.require(key)))
            .offset(offset)
            .length((long) length)
            .build();
    return calls.retrying(
        key,
        () -> {
          try (GetObjectResponse response = client.getObject(args)) {
            return read(key, response, length);
          }
        });
  }

  private byte[] read(String key, GetObjectResponse from, int length) throws IOException {
    byte[] bytes = new byte[length];
    int at = 0;
    while (at < length) {
      int step = Math.min(Bandwidth.STEP, length - at);
      bandwidth.take(step);
      int read = from.readNBytes(bytes, at, step);
      if (read < step) {
        throw new RepositoryException(Kind.DAMAGED, key, "ended " + (length - at) + " bytes early");
      }
      at += read;
    }
    if (from.read() >= 0) {
      throw new RepositoryException(Kind.DAMAGED, key, "goes on after " + length + " bytes");
    }
    return bytes;
  }

  @Override
  public void list(String prefix, Consumer<Listed> each) throws IOException {
    List<Listed> found =
        calls.retrying(
            prefix,
            () -> {
              var listed = new ArrayList<Listed>();
              for (Result<Item> result : client.listObjects(below(prefix, false))) {
                Item item = result.get();
                listed.add(
                    new Listed(
                        target.key(item.objectName()),
                        item.size(),
                        item.lastModified().toInstant()));
              }
              return listed;
            });
    found.forEach(each);
  }

  private ListObjectsArgs below(String prefix, boolean versions) {
    return ListObjectsArgs.builder()
        .bucket(target.bucket())
        .prefix(target.name(prefix))
        .recursive(true)
        .includeVersions(versions)
        .build();
  }

  private List<Item> items(String prefix, boolean versions) throws MinioException {
    var items = new ArrayList<Item>();
    for (Result<Item> result : client.listObjects(below(prefix, versions))) {
      items.add(result.get());
    }
    return items;
  }

  /** How many versions, marks of deletion among them, there are below a prefix. */
  int versions(String prefix) throws RepositoryException {
    return calls.retrying(prefix, () -> items(prefix, true).size());
  }

  /** Whether the endpoint refuses an object that does not fit the checksum sent with it. */
  boolean refusesDamage(String key) throws RepositoryException {
    return new S3Capabilities(client, target, calls).refusesDamage(key);
  }

  @Override
  public void delete(String key) throws IOException {
    RepositoryKeys.require(key);
    calls.retrying(
        key,
        () -> {
          if (capabilities.versions()) {
            for (Item item : items(key, true)) {
              if (item.objectName().equals(target.name(key))) {
                remove(RemoveObjectArgs.builder().versionId(item.versionId()), key);
              }
            }
          } else {
            remove(RemoveObjectArgs.builder(), key);
          }
          return true;
        });
  }

  private void remove(RemoveObjectArgs.Builder args, String key) throws MinioException {
    client.removeObject(args.bucket(target.bucket()).object(target.name(key)).build());
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public void close() throws IOException {
    try {
      client.close();
    } catch (Exception e) {
      throw new IOException("the client of " + target.where() + " does not close", e);
    }
  }
}
