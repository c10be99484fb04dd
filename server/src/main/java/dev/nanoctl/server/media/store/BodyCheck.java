package dev.nanoctl.server.media.store;

/** Compares what arrived with what was announced. */
final class BodyCheck {
  private BodyCheck() {}

  static void verify(ObjectKey key, ObjectBody body, long length, Sha256 sha256) {
    if (body.length() != ObjectBody.UNKNOWN && body.length() != length) {
      throw new ObjectStoreProblem.Mismatch(
              key, "announced " + body.length() + " bytes, received " + length)
          .raise();
    }
    if (body.sha256() != null && !body.sha256().equals(sha256)) {
      throw new ObjectStoreProblem.Mismatch(
              key, "announced sha-256 " + body.sha256() + ", received " + sha256)
          .raise();
    }
  }
}
