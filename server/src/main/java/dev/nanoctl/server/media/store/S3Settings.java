package dev.nanoctl.server.media.store;

import dev.nanoctl.core.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A bucket of an S3 endpoint and how to speak to it.
 *
 * @param place where the objects are
 * @param keys who asks for them
 * @param spool a folder of this process for bodies that do not fit in memory
 */
public record S3Settings(Place place, Keys keys, Path spool) {
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(60);
  static final int ATTEMPTS = 4;

  /**
   * Where the objects are.
   *
   * @param endpoint scheme, host and port
   * @param region what the endpoint calls its region; {@code us-east-1} where it does not care
   * @param bucket an existing bucket
   * @param pathStyle whether the bucket is named in the path; else it is a part of the host's name
   * @param prefix what every object's name begins with, without a slash at either end; may be empty
   */
  public record Place(
      URI endpoint, String region, String bucket, boolean pathStyle, String prefix) {
    /** How an object is named in the bucket. */
    String name(ObjectKey key) {
      return start() + key.path();
    }

    /** The key of an object of that name. */
    ObjectKey key(String name) {
      return new ObjectKey(name.substring(start().length()));
    }

    /** What names begin with. */
    String start() {
      return prefix.isEmpty() ? "" : prefix + "/";
    }

    /** For messages. */
    String where() {
      return endpoint + "/" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }
  }

  /**
   * Who asks.
   *
   * @param access the name of the account
   * @param secret its secret
   */
  public record Keys(String access, Secret secret) {}
}
