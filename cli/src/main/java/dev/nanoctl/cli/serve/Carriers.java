package dev.nanoctl.cli.serve;

/**
 * The threads that carry virtual threads. One that waits while it is pinned, such as in a static
 * initialiser, keeps its carrier; when all are kept, no request is answered any more.
 */
final class Carriers {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
  private static final String POLLERS = "jdk.pollerMode";
  private static final int LEAST = 4;

  private Carriers() {}

  /**
   * Chooses what the JDK would choose by itself; to be called before the first virtual thread. What
   * is set already stays.
   *
   * <p>At least four carriers also on small machines, where the JDK has one a core; and threads of
   * the system that watch sockets, which the JDK leaves to virtual threads: those need a carrier
   * themselves to wake one that is pinned.
   */
  static void prepare() {
    byDefault(
        PARALLELISM, Integer.toString(Math.max(LEAST, Runtime.getRuntime().availableProcessors())));
    byDefault(POLLERS, "1");
  }

  private static void byDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
