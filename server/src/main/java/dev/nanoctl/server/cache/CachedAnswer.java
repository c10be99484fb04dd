package dev.nanoctl.server.cache;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A rendered answer: its bytes, and from the first time someone wants them so, compressed. */
public final class CachedAnswer {
  private static final byte[] NONE = {};

  private final byte[] body;
  private final boolean compressible;
  private final String etag;
  private final String cacheControl;
  private final String route;
  private volatile byte @Nullable [] gzip;

  /**
   * An answer as it goes out; the array is not to be changed any more.
   *
   * @param compressible whether compressing it may pay
   */
  public CachedAnswer(
      byte[] body, boolean compressible, String etag, String cacheControl, String route) {
    this.body = body;
    this.compressible = compressible;
    this.etag = etag;
    this.cacheControl = cacheControl;
    this.route = route;
  }

  /** The JSON. */
  public byte[] body() {
    return body;
  }

  /**
   * The JSON compressed, which happens once; null when that does not pay.
   *
   * @param compress gives the compressed bytes, or null when they are no smaller
   */
  public byte @Nullable [] gzip(Function<byte[], byte @Nullable []> compress) {
    if (!compressible) {
      return null;
    }
    byte[] known = gzip;
    if (known == null) {
      byte[] made = compress.apply(body);
      known = made == null ? NONE : made;
      gzip = known;
    }
    return known.length == 0 ? null : known;
  }

  /** The compressed JSON if it was made already. */
  byte @Nullable [] knownGzip() {
    byte[] known = gzip;
    return known == null || known.length == 0 ? null : known;
  }

  boolean compressible() {
    return compressible;
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

  /** How much memory it takes at most, roughly. */
  int weight() {
    return 200 + (compressible ? body.length / 2 * 3 : body.length);
  }
}
