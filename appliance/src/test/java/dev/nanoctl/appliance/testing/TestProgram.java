package dev.nanoctl.appliance.testing;

import com.sun.net.httpserver.HttpServer;
import dev.nanoctl.appliance.Appliance;
import dev.nanoctl.appliance.InstallOrder;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** The program under test, as a process of its own: agent, server stand-in and operations. */
public final class TestProgram {
  private TestProgram() {}

  /** Arguments: verb, site folder, and for operations the journal line to halt at (0: never). */
  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "agent" -> new Appliance(new SiteFolder(root), TestSite.surroundings(0)).runAgent();
      case "serve" -> serve(new SiteFolder(root));
      default -> {
        // as in the tool itself: the process ends with the status of what it was asked to do
        Runtime.getRuntime().addShutdownHook(new Thread(TestProgram::waitForever));
        Runtime.getRuntime().halt(operate(arguments[0], root, Integer.parseInt(arguments[2])));
      }
    }
  }

  private static void waitForever() {
    while (true) {
      LockSupport.park();
    }
  }

  private static int operate(String verb, Path root, int haltAt) throws IOException {
    var appliance = new Appliance(new SiteFolder(root), TestSite.surroundings(haltAt));
    try {
      switch (verb) {
        case "install" -> appliance.install(order(root), Progress.SILENT);
        case "uninstall" -> appliance.uninstall(true, Progress.SILENT);
        case "resume" -> appliance.resume(Progress.SILENT);
        default -> throw new IllegalArgumentException(verb);
      }
      return 0;
    } catch (ProblemException e) {
      Files.writeString(root.resolveSibling("problem"), e.problem().toString());
      return e.problem() instanceof Problem.Interrupted ? 130 : 1;
    }
  }

  private static InstallOrder order(Path root) throws IOException {
    String yaml = Files.readString(root.resolveSibling("order.yml"));
    return TestSite.order(yaml);
  }

  /** Answers /health once it has reached the database, as the real server does. */
  private static void serve(SiteFolder site) throws Exception {
    if (Files.exists(site.root().resolveSibling("server-fails"))) {
      throw new IllegalStateException("told to fail");
    }
    SiteConfig config = new SiteConfigFile(site.config()).load();
    Instance instance = Instance.find(site).orElseThrow();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(config.server().bind(), config.server().port()), 0);
    server.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(instance.database().answers() ? 200 : 503, -1);
          exchange.close();
        });
    server.start();
    new CountDownLatch(1).await();
  }
}
