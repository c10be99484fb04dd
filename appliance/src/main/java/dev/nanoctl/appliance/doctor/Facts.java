package dev.nanoctl.appliance.doctor;

import dev.nanoctl.appliance.machine.Memory;
import dev.nanoctl.appliance.tls.ServedCertificate;
import dev.nanoctl.core.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** All that the checks judge, gathered at one moment. */
public record Facts(
    Hardware hardware, Storage storage, Network network, Host host, Clocks clocks, Site site) {

  /** The machine. */
  public record Hardware(
      String architecture, String kernel, boolean glibc, int cores, Memory memory) {}

  /**
   * The disk the site is on.
   *
   * @param fileSystem its type, such as ext4
   * @param inodes free ones; empty where the file system has no fixed number
   * @param fsync how long making a page durable took
   * @param bucket where packages are kept, if that is not a folder
   */
  public record Storage(
      String fileSystem,
      long freeBytes,
      OptionalInt inodes,
      Duration fsync,
      Folder folder,
      Optional<Bucket> bucket) {}

  /**
   * A bucket that packages are kept in.
   *
   * @param where endpoint and name
   * @param detail what was said when it could not be reached or written; else empty
   * @param skew how far its clock is ahead of this machine's; empty if it did not say
   */
  public record Bucket(String where, Reach reach, String detail, Optional<Duration> skew) {
    /** How far one comes, from not even having keys to writing an object. */
    public enum Reach {
      /** The files of the keys are missing. */
      NO_KEYS,
      /** The endpoint does not answer. */
      NO_ANSWER,
      /** It refuses the keys. */
      DENIED,
      /** It has no such bucket. */
      NO_BUCKET,
      /** The bucket takes no object. */
      READ_ONLY,
      /** All is well. */
      WRITABLE
    }
  }

  /**
   * The site folder, or the nearest one above it that exists.
   *
   * @param strangers files in the site folder that are not nanoctl's
   */
  public record Folder(
      Path path, boolean writable, boolean othersWrite, String owner, List<String> strangers) {}

  /**
   * Ports and names.
   *
   * @param bindHere whether the configured address belongs to this machine
   * @param certificate what the server shows; empty without TLS
   * @param database the one that somebody else runs; empty where the instance runs its own
   */
  public record Network(
      Ports ports,
      String bind,
      boolean bindHere,
      Names names,
      Optional<ServedCertificate> certificate,
      Optional<Database> database) {
    Network with(Ports others) {
      return new Network(others, bind, bindHere, names, certificate, database);
    }

    Network withStrangeAddress(String address) {
      return new Network(ports, address, false, names, certificate, database);
    }

    Network with(Names others) {
      return new Network(ports, bind, bindHere, others, certificate, database);
    }

    Network with(ServedCertificate shown) {
      return new Network(ports, bind, bindHere, names, Optional.of(shown), database);
    }

    Network with(Database other) {
      return new Network(ports, bind, bindHere, names, certificate, Optional.of(other));
    }
  }

  /**
   * A database that somebody else runs.
   *
   * @param where host, port and name
   * @param detail what was said when it could not be entered; else empty
   * @param server what was found inside; only with {@link Access#ENTERED}
   */
  public record Database(
      String where, Access access, String detail, Optional<DatabaseServer> server) {
    /** How far one comes, from not even having a password to looking around in it. */
    public enum Access {
      /** The file of the password is missing. */
      NO_PASSWORD,
      /** The server does not answer. */
      NO_ANSWER,
      /** It does not encrypt, or shows a certificate that is not trusted. */
      NOT_TRUSTED,
      /** It refuses the role, its password or the database. */
      DENIED,
      /** All is well so far. */
      ENTERED
    }
  }

  /**
   * What a database server tells about itself and the database.
   *
   * @param version as PostgreSQL numbers it: 180001 is 18.1
   * @param encoding of the database
   * @param lacks what the role may not do, in words; empty when it may do all
   * @param foreign why this instance must not use the database; empty when it may
   * @param connections how many of them this instance could have
   */
  public record DatabaseServer(
      int version,
      String encoding,
      List<String> lacks,
      Optional<Problem> foreign,
      int connections,
      Replication replication) {
    /** Keeps its own copy. */
    public DatabaseServer {
      lacks = List.copyOf(lacks);
    }
  }

  /**
   * Whether files and log of that server are read for backups.
   *
   * @param wanted whether they are to be
   * @param slots the names of the instance's replication slots there
   * @param found what decides whether they can be; empty where nobody asks for it and the role may
   *     not replicate
   */
  public record Replication(boolean wanted, List<String> slots, Optional<ReplicationFacts> found) {
    /** Keeps its own copy. */
    public Replication {
      slots = List.copyOf(slots);
    }
  }

  /**
   * The ports that are needed.
   *
   * @param plain the second one of TLS, without encryption, that sends browsers on; empty where
   *     there is none
   * @param postgres of the own database; empty where somebody else runs it
   */
  public record Ports(Port server, Optional<Port> plain, Optional<Port> postgres) {}

  /**
   * What names resolve to.
   *
   * @param localhost what localhost resolves to
   * @param domain the name people use; empty where none is configured
   */
  public record Names(String localhost, Optional<Domain> domain) {}

  /**
   * The site's name in DNS.
   *
   * @param addresses what it resolves to; empty where it does not
   * @param here whether one of them belongs to this machine
   */
  public record Domain(String name, List<String> addresses, boolean here) {
    /** Keeps its own copy. */
    public Domain {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * A port that is needed.
   *
   * @param takenBy who holds it, if someone else does
   */
  public record Port(int number, Optional<String> takenBy) {}

  /**
   * What the system allows and offers.
   *
   * @param docker the engine, for an instance that runs with it
   */
  public record Host(
      Account account,
      Limits limits,
      Folders folders,
      String encoding,
      Optional<DockerFacts> docker) {}

  /**
   * Who PostgreSQL runs as.
   *
   * @param creatable whether it could be made
   * @param missingTools programs that are needed to change accounts and are not there
   */
  public record Account(
      String name, boolean exists, boolean creatable, List<String> missingTools) {}

  /** Limits of this process, and who supervises. */
  public record Limits(long openFiles, long processes, String supervision) {}

  /**
   * Folders that are needed beside the site's own.
   *
   * @param packagesClosed why no package can be stored in the folder for them; empty if one can, or
   *     if there is none yet
   */
  public record Folders(
      boolean temporaryWritable,
      boolean programsExecutable,
      boolean sharedMemory,
      Path programs,
      Optional<String> packagesClosed) {}

  /**
   * The wall clock.
   *
   * @param newest the newest time this instance has noted
   */
  public record Clocks(Instant now, Instant built, Optional<Instant> newest) {}

  /**
   * What is there of an instance.
   *
   * @param leftovers processes that run though no instance is installed
   * @param data what is wrong with the data directory; empty when nothing
   */
  public record Site(
      boolean installed,
      Optional<String> unfinished,
      List<String> leftovers,
      Optional<Problem> data,
      Files files,
      List<String> unwell) {}

  /**
   * The instance's own files.
   *
   * @param openSecrets secrets that others can read
   */
  public record Files(
      List<String> openSecrets, List<String> missingSecrets, List<String> drifted) {}
}
