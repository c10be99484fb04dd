package dev.nanoctl.backup.repo;

import dev.nanoctl.backup.Repository.Capabilities;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import io.minio.GetBucketVersioningArgs;
import io.minio.GetObjectLockConfigurationArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/** Finds out what an S3 endpoint can do, by trying. What it writes it removes if it may. */
final class S3Capabilities {
  private static final byte[] FIRST = "first".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SECOND = "other".getBytes(StandardCharsets.US_ASCII);

  private final MinioClient client;
  private final S3Target target;
  private final S3Calls calls;

  S3Capabilities(MinioClient client, S3Target target, S3Calls calls) {
    this.client = client;
    this.target = target;
    this.calls = calls;
  }

  /** An account that may not write is told no capability; reading needs none. */
  Capabilities find() throws RepositoryException {
    String key = "probe/" + UUID.randomUUID();
    boolean versions = versions(key);
    boolean locked = locked(key);
    boolean guarded;
    try {
      guarded = guarded(key);
    } catch (RepositoryException e) {
      if (e.kind() != Kind.DENIED) {
        throw e;
      }
      return new Capabilities(false, versions, locked);
    }
    clean(key, versions);
    return new Capabilities(guarded, versions, locked);
  }

  private boolean guarded(String key) throws RepositoryException {
    var guard = Map.of("If-None-Match", "*");
    return puts(key, FIRST, guard) && !puts(key, SECOND, guard);
  }

  /** Whether an object is refused that is not the one whose digest was sent with it. */
  boolean refusesDamage(String key) throws RepositoryException {
    var digest = Map.of("Content-MD5", md5(FIRST));
    return puts(key, FIRST, digest) && !puts(key, SECOND, digest);
  }

  /** The one digest that every endpoint has known from the beginning; it guards no secret. */
  private static String md5(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** False if the endpoint refused the key as taken, a header as unknown, or the bytes. */
  private boolean puts(String key, byte[] bytes, Map<String, String> headers)
      throws RepositoryException {
    return calls.retrying(
        key,
        () -> {
          try {
            client.putObject(
                PutObjectArgs.builder()
                    .bucket(target.bucket())
                    .object(target.name(key))
                    .headers(headers)
                    .data(bytes, bytes.length)
                    .build());
            return true;
          } catch (MinioException e) {
            if (S3Calls.isTaken(e) || S3Calls.isUnknown(e)) {
              return false;
            }
            throw e;
          }
        });
  }

  private boolean versions(String key) throws RepositoryException {
    return asked(
        key,
        () -> {
          var found =
              client.getBucketVersioning(
                  GetBucketVersioningArgs.builder().bucket(target.bucket()).build());
          return found.status() != null
              && "Enabled".equalsIgnoreCase(String.valueOf(found.status()));
        });
  }

  private boolean locked(String key) throws RepositoryException {
    return asked(
        key,
        () -> {
          var found =
              client.getObjectLockConfiguration(
                  GetObjectLockConfigurationArgs.builder().bucket(target.bucket()).build());
          return found.mode() != null;
        });
  }

  /** An endpoint that does not know the question, or this account, has no such feature for us. */
  private boolean asked(String key, S3Calls.Call<Boolean> question) throws RepositoryException {
    return calls.retrying(
        key,
        () -> {
          try {
            return question.run();
          } catch (MinioException e) {
            Kind kind = S3Calls.translate(key, e).kind();
            if (kind == Kind.DENIED || kind == Kind.MISSING || S3Calls.isUnknown(e)) {
              return false;
            }
            throw e;
          }
        });
  }

  private void clean(String key, boolean versions) throws RepositoryException {
    try {
      calls.retrying(
          key,
          () -> {
            var args =
                ListObjectsArgs.builder()
                    .bucket(target.bucket())
                    .prefix(target.name(key))
                    .includeVersions(versions)
                    .build();
            for (Result<Item> result : client.listObjects(args)) {
              var remove =
                  RemoveObjectArgs.builder().bucket(target.bucket()).object(target.name(key));
              if (versions) {
                remove.versionId(result.get().versionId());
              }
              client.removeObject(remove.build());
            }
            return true;
          });
    } catch (RepositoryException e) {
      if (e.kind() != Kind.DENIED) {
        throw e;
      }
      // an account that may only add leaves this handful of bytes behind
    }
  }
}
