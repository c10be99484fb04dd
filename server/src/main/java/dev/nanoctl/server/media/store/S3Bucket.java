package dev.nanoctl.server.media.store;

import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.time.Duration;

/** A bucket as a whole, for a store that belongs to the instance alone. */
public final class S3Bucket {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private S3Bucket() {}

  /**
   * Makes the bucket, unless it is there.
   *
   * @throws IOException when the store does not answer or refuses
   */
  @SuppressWarnings("try") // an interruption while it closes is told as any other trouble
  public static void ensure(S3Settings settings) throws IOException {
    String name = settings.place().bucket();
    try (MinioClient client = S3ObjectStore.client(settings, PATIENCE, PATIENCE)) {
      if (!client.bucketExists(BucketExistsArgs.builder().bucket(name).build())) {
        client.makeBucket(MakeBucketArgs.builder().bucket(name).build());
      }
    } catch (MinioException e) {
      throw new IOException(e.getMessage(), e);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
