package dev.nanoctl.server.main;

import dev.nanoctl.server.db.DatabaseConfig;
import dev.nanoctl.server.http.HttpConfig;
import dev.nanoctl.server.http.Site;
import dev.nanoctl.server.http.TrustedNetworks;
import dev.nanoctl.server.media.scan.ClamdAddress;
import dev.nanoctl.server.search.SearchEngine;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Everything the server needs to know to start.
 *
 * @param listener where it listens
 * @param database where it keeps its data
 * @param packages where packages and pictures are kept, and who looks through them
 * @param index the search engine that holds the index
 * @param limits how often callers may call
 * @param shared what it has in common with other servers of the site
 */
public record ServerConfig(
    Listener listener,
    DatabaseConfig database,
    Packages packages,
    SearchEngine index,
    Limits limits,
    SharedConfig shared) {

  /** A server alone, with its index in that search engine and without ClamAV. */
  public ServerConfig(
      Listener listener,
      DatabaseConfig database,
      ObjectsConfig objects,
      SearchEngine index,
      Limits limits) {
    this(
        listener,
        database,
        new Packages(objects, Optional.empty()),
        index,
        limits,
        new SharedConfig.Alone());
  }

  /** A server alone, with an index in that folder and without ClamAV. */
  public ServerConfig(
      Listener listener,
      DatabaseConfig database,
      ObjectsConfig objects,
      Path index,
      Limits limits) {
    this(listener, database, objects, new SearchEngine.InFolder(index), limits);
  }

  /** The same with another database. */
  public ServerConfig with(DatabaseConfig other) {
    return new ServerConfig(listener, other, packages, index, limits, shared);
  }

  /** The same with other limits. */
  public ServerConfig with(Limits other) {
    return new ServerConfig(listener, database, packages, index, other, shared);
  }

  /** The same with ClamAV. */
  public ServerConfig with(ClamdAddress daemon) {
    var scanned = new Packages(packages.objects(), Optional.of(daemon));
    return new ServerConfig(listener, database, scanned, index, limits, shared);
  }

  /** The same with packages kept elsewhere. */
  public ServerConfig with(ObjectsConfig other) {
    var moved = new Packages(other, packages.clamd());
    return new ServerConfig(listener, database, moved, index, limits, shared);
  }

  /** The same beside other servers. */
  public ServerConfig with(SharedConfig other) {
    return new ServerConfig(listener, database, packages, index, limits, other);
  }

  /** The same listening elsewhere. */
  public ServerConfig with(Listener other) {
    return new ServerConfig(other, database, packages, index, limits, shared);
  }

  /** Where packages and pictures are kept. */
  public ObjectsConfig objects() {
    return packages.objects();
  }

  /** Where ClamAV's daemon listens; empty: only the built-in check looks for malware. */
  public Optional<ClamdAddress> clamd() {
    return packages.clamd();
  }

  /** The same with another search engine. */
  public ServerConfig with(SearchEngine other) {
    return new ServerConfig(listener, database, packages, other, limits, shared);
  }

  /** How the site is seen from outside. */
  public Site site() {
    return new Site(listener.publicUrl(), TrustedNetworks.of(listener.trustedProxies()));
  }

  /**
   * Where the server listens and how it is seen from outside.
   *
   * @param host the address to bind
   * @param port the port; 0 for any free one
   * @param tls certificate and key; empty for plain HTTP
   * @param publicUrl the address people type
   * @param trustedProxies addresses and networks whose {@code X-Forwarded-*} headers are believed
   * @param answers the folder by which an entry in front learns that the answers it keeps are no
   *     longer true; empty where none keeps any
   */
  public record Listener(
      String host,
      int port,
      Optional<HttpConfig.Tls> tls,
      URI publicUrl,
      Set<String> trustedProxies,
      Optional<Path> answers) {
    /** Without an entry in front that keeps answers. */
    public Listener(
        String host,
        int port,
        Optional<HttpConfig.Tls> tls,
        URI publicUrl,
        Set<String> trustedProxies) {
      this(host, port, tls, publicUrl, trustedProxies, Optional.empty());
    }

    /** The same behind an entry that keeps answers. */
    public Listener with(Path folder) {
      return new Listener(host, port, tls, publicUrl, trustedProxies, Optional.of(folder));
    }
  }

  /**
   * Where packages are kept and who looks through them.
   *
   * @param clamd where ClamAV's daemon listens; empty: only the built-in check looks for malware
   */
  public record Packages(ObjectsConfig objects, Optional<ClamdAddress> clamd) {}

  /**
   * How often callers may call. Many people behind one address, as in a school, need more.
   *
   * @param reads GETs a minute that were not answered from the cache
   * @param writes everything else a minute
   * @param factor by which the allowances of single endpoints, such as sign-in, are multiplied
   */
  public record Limits(int reads, int writes, int factor) {
    /** The allowances of single endpoints as they are. */
    public Limits(int reads, int writes) {
      this(reads, writes, 1);
    }

    /** What the product promises. */
    public static Limits standard() {
      return new Limits(600, 100, 1);
    }

    /** Nobody is ever asked to wait: for tests and measurements. */
    public static Limits none() {
      return new Limits(1_000_000_000, 1_000_000_000, 1_000_000);
    }
  }
}
