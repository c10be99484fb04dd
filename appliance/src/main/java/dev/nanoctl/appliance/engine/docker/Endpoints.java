package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.Ports;
import java.net.URI;

/**
 * Where the services of an instance answer: for containers of its own network, or for processes of
 * the host.
 *
 * @param postgres the database
 * @param redisCache keeps answers for a while; may forget any of them
 * @param redisState keeps limits, and hands messages on; forgets nothing
 * @param search Meilisearch
 * @param objects the bundled S3 store
 */
public record Endpoints(
    Address postgres, Address redisCache, Address redisState, URI search, URI objects) {
  /** The name of the service that keeps answers for a while. */
  public static final String REDIS_CACHE = "redis-cache";

  /** The name of the service that keeps limits and hands messages on. */
  public static final String REDIS_STATE = "redis-state";

  /** The name of the search service. */
  public static final String SEARCH = "search";

  /** The name of the bundled S3 store. */
  public static final String OBJECTS = "objects";

  /** The bundled store's bucket. */
  public static final String BUCKET = "nano";

  private static final int POSTGRES_PORT = 5432;
  private static final int REDIS_PORT = 6379;
  private static final int SEARCH_PORT = 7700;
  private static final int OBJECTS_PORT = 8333;

  /**
   * A host and a port.
   *
   * @param host a name or an address
   * @param port 1 to 65535
   */
  public record Address(String host, int port) {
    /** As {@code host:port}. */
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /** As containers of the instance see them: by the names of the services. */
  public static Endpoints inside() {
    return new Endpoints(
        new Address(Ports.POSTGRES, POSTGRES_PORT),
        new Address(REDIS_CACHE, REDIS_PORT),
        new Address(REDIS_STATE, REDIS_PORT),
        http(SEARCH, SEARCH_PORT),
        http(OBJECTS, OBJECTS_PORT));
  }

  /** As processes of the host see them: on the loopback address, at the ports that are noted. */
  public static Endpoints ofHost(Ports ports) {
    return new Endpoints(
        here(ports, Ports.POSTGRES),
        here(ports, REDIS_CACHE),
        here(ports, REDIS_STATE),
        http("127.0.0.1", ports.of(SEARCH)),
        http("127.0.0.1", ports.of(OBJECTS)));
  }

  private static Address here(Ports ports, String service) {
    return new Address("127.0.0.1", ports.of(service));
  }

  private static URI http(String host, int port) {
    return URI.create("http://" + host + ":" + port);
  }
}
