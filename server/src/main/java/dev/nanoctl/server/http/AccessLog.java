package dev.nanoctl.server.http;

/** Hears of every request that was answered. Must not block. */
public interface AccessLog {
  /**
   * One answered request.
   *
   * @param method the HTTP method
   * @param path the path; its pattern where the path itself is a secret
   * @param status the status
   * @param bytes how much content was sent
   * @param nanos how long it took
   * @param caller from where and who
   */
  record Line(String method, String path, int status, long bytes, long nanos, Caller caller) {}

  /**
   * Where a request came from.
   *
   * @param requestId its id
   * @param network the network of its address
   * @param user the account; empty when nobody is signed in
   */
  record Caller(String requestId, String network, String user) {}

  /** Takes note of a request. */
  void answered(Line line);

  /** Takes no notes. */
  static AccessLog none() {
    return _ -> {};
  }
}
