package dev.nanoctl.appliance.plan;

import java.util.List;
import java.util.stream.Stream;

/** The secrets an instance has, each a file of that name. */
public final class SecretNames {
  /** The database superuser's password. */
  public static final String POSTGRES = "postgres-password";

  /** The password of the application's database role. */
  public static final String DATABASE = "database-password";

  /** Signs access tokens. */
  public static final String TOKENS = "token-key";

  /** Signs cursors, download tickets and other short-lived links. */
  public static final String LINKS = "link-key";

  /** Keys the chain of the audit log. */
  public static final String AUDIT = "audit-key";

  /** The password of the Redis that keeps answers for a while. */
  public static final String REDIS_CACHE = "redis-cache-password";

  /** The password of the Redis that keeps limits and hands messages on. */
  public static final String REDIS_STATE = "redis-state-password";

  /** The key of the search service; all its other keys come from it. */
  public static final String SEARCH_MASTER = "search-master-key";

  /** The name of the account of an S3 endpoint; given by the operator, or of the own store. */
  public static final String S3_ACCESS = "s3-access-key";

  /** The secret of that account; given by the operator, or of the own store. */
  public static final String S3_SECRET = "s3-secret-key";

  /** Opens the repositories of backups; the recovery kits do, too. */
  public static final String BACKUP_PASSPHRASE = "backup-passphrase";

  /** The password of the database role that reads for backups. */
  public static final String REPLICATION = "replication-password";

  /** All that are made by an installation. */
  public static final List<String> ALL = List.of(POSTGRES, DATABASE, TOKENS, LINKS, AUDIT);

  /** All that an installation makes where somebody else runs the database and says its password. */
  public static final List<String> BESIDE_EXTERNAL = List.of(TOKENS, LINKS, AUDIT);

  /** All that an instance has where somebody else runs the database. */
  public static final List<String> WITH_EXTERNAL = List.of(DATABASE, TOKENS, LINKS, AUDIT);

  /** Those that the services of the Docker engine need besides. */
  public static final List<String> DOCKER = List.of(REDIS_CACHE, REDIS_STATE, SEARCH_MASTER);

  /** Those that the operator provides where packages are kept in a bucket. */
  public static final List<String> S3 = List.of(S3_ACCESS, S3_SECRET);

  /** All that an instance of the Docker engine may have. */
  public static final List<String> WITH_DOCKER =
      Stream.of(ALL, DOCKER, S3).flatMap(List::stream).distinct().toList();

  /** Every file that an instance itself puts into the folder of secrets. */
  public static final List<String> OWN_FILES =
      List.of(
          POSTGRES,
          DATABASE,
          TOKENS,
          LINKS,
          AUDIT,
          REDIS_CACHE,
          REDIS_STATE,
          SEARCH_MASTER,
          BACKUP_PASSPHRASE,
          REPLICATION,
          backupAccess("first"),
          backupSecret("first"),
          backupAccess("second"),
          backupSecret("second"),
          "admin-password",
          "first-admin-link",
          "tls-key.pem",
          "tls-authority-key.pem",
          "acme-account-key.pem",
          "tls");

  /**
   * Those that an instance of the embedded engine has.
   *
   * @param external whether somebody else runs the database
   */
  public static List<String> embedded(boolean external) {
    return external ? WITH_EXTERNAL : ALL;
  }

  private SecretNames() {}

  /** The name of the account of a target for backups that is a bucket. */
  public static String backupAccess(String target) {
    return "backup-" + target + "-access-key";
  }

  /** The secret of that account. */
  public static String backupSecret(String target) {
    return "backup-" + target + "-secret-key";
  }
}
