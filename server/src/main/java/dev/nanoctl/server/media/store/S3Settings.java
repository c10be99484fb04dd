package dev.nanoctl.server.media.store;

import dev.nanoctl.core.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where an S3 endpoint is and how to speak to it, always with the bucket in the path.
 *
 * @param endpoint scheme, host and port
 * @param region what the endpoint calls its region; {@code us-east-1} where it does not care
 * @param bucket an existing bucket
 * @param accessKey the name of the account
 * @param secretKey its secret
 * @param spool a folder of this process for bodies that do not fit in memory
 */
public record S3Settings(
    URI endpoint, String region, String bucket, String accessKey, Secret secretKey, Path spool) {
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(60);
  static final int ATTEMPTS = 4;
}
