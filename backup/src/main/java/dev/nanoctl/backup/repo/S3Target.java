package dev.nanoctl.backup.repo;

import dev.nanoctl.core.Secret;
import java.net.URI;

/**
 * A bucket of an S3 endpoint.
 *
 * @param endpoint scheme, host and port
 * @param region what the endpoint calls its region; {@code us-east-1} where it does not care
 * @param bucket an existing bucket
 * @param pathStyle whether the bucket is named in the path; else it is a part of the host's name
 * @param prefix what every object's name begins with, without a slash at either end; may be empty
 * @param account who asks
 */
public record S3Target(
    URI endpoint, String region, String bucket, boolean pathStyle, String prefix, Account account) {
  /**
   * Who asks.
   *
   * @param access the name of the account
   * @param secret its secret
   */
  public record Account(String access, Secret secret) {}

  /** How a key is named in the bucket. */
  String name(String key) {
    return prefix.isEmpty() ? key : prefix + "/" + key;
  }

  /** The key of an object of that name. */
  String key(String name) {
    return prefix.isEmpty() ? name : name.substring(prefix.length() + 1);
  }

  /** For messages. */
  String where() {
    return endpoint + "/" + name(bucket);
  }
}
