package dev.nanoctl.backup.crash;

import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.pg.TestPostgres;
import dev.nanoctl.backup.wal.LogShipper;
import dev.nanoctl.backup.wal.SealedLog;
import dev.nanoctl.backup.wire.ReplicationConnection;
import dev.nanoctl.backup.wire.ServerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * A process that ships until it is killed. Whenever more has become durable it says so on a line of
 * its own; only what it said counts as acknowledged.
 */
final class ShipperProcess {
  private ShipperProcess() {}

  /** Ships from the port to the folder that are its arguments. */
  public static void main(String[] args) throws Exception {
    ServerAddress address = TestPostgres.addressOf(Integer.parseInt(args[0]));
    var site = new CrashSite(Path.of(args[1]));
    try (Repository repository = site.repository()) {
      var log = new SealedLog(repository, site.open(repository).sealer());
      var shipper = new LogShipper(address, CrashSite.shipping(), log, InstantSource.system());
      Thread.ofPlatform().daemon().start(() -> tell(shipper));
      while (true) {
        try {
          long system;
          try (var connection = ReplicationConnection.open(address)) {
            system = connection.identify().systemId();
          }
          shipper.run(LogShipper.archived(log, CrashSite.shipping(), system));
        } catch (IOException e) {
          Thread.sleep(30); // the server is being started again
        }
      }
    }
  }

  @SuppressWarnings("SystemOut") // the pipe to the process that started this one
  private static void tell(LogShipper shipper) {
    var told = new LogPosition(0);
    try {
      while (true) {
        LogPosition durable = shipper.status().map(s -> s.durable()).orElse(told);
        if (durable.compareTo(told) > 0) {
          System.out.println(durable);
          System.out.flush();
          told = durable;
        }
        Thread.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
