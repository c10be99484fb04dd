package dev.nanoctl.server.cache;

import org.jspecify.annotations.Nullable;

/** A rendered answer: its bytes, plain and, if that is smaller, compressed. */
public final class CachedAnswer {
  private final byte[] body;
  private final byte @Nullable [] gzip;
  private final String etag;
  private final String cacheControl;
  private final String route;

  /** An answer as it goes out; the arrays are not to be changed any more. */
  public CachedAnswer(
      byte[] body, byte @Nullable [] gzip, String etag, String cacheControl, String route) {
    this.body = body;
    this.gzip = gzip;
    this.etag = etag;
    this.cacheControl = cacheControl;
    this.route = route;
  }

  /** The JSON. */
  public byte[] body() {
    return body;
  }

  /** The JSON compressed; null when that does not pay. */
  public byte @Nullable [] gzip() {
    return gzip;
  }

  /** The entity tag with its quotes. */
  public String etag() {
    return etag;
  }

  /** The value of {@code Cache-Control}. */
  public String cacheControl() {
    return cacheControl;
  }

  /** The pattern of the path it answers. */
  public String route() {
    return route;
  }

  /** How much memory it takes, roughly. */
  int weight() {
    return 200 + body.length + (gzip == null ? 0 : gzip.length);
  }
}
