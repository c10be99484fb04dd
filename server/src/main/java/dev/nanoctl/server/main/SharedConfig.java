package dev.nanoctl.server.main;

import dev.nanoctl.server.redis.RedisAddress;

/** What the servers of a site have in common besides the database and the objects. */
public sealed interface SharedConfig {
  /** What tools beside the servers need to know of it. */
  enum Kind {
    /** Changes are told by the database. */
    ALONE,
    /** Changes are told by Redis, to which the servers pass on what tools announce. */
    REDIS
  }

  /** Nothing: there is one server, and tools beside it. */
  record Alone() implements SharedConfig {}

  /**
   * Allowances, answers and news, in two Redis servers.
   *
   * @param cache gives up what is used least
   * @param state keeps what it is told: allowances and news
   * @param instance the site's id, by which its keys begin
   * @param version what renders answers: servers of other versions do not use them
   */
  record ByRedis(RedisAddress cache, RedisAddress state, String instance, String version)
      implements SharedConfig {
    /** What every key of the site begins with. */
    String prefix() {
      return "nanoctl:" + instance + ":";
    }
  }
}
