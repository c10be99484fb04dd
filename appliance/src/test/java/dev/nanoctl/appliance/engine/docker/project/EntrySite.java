package dev.nanoctl.appliance.engine.docker.project;

import dev.nanoctl.core.site.SiteConfig.Profile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** The rendered project's entry with two small applications behind it, each in its container. */
final class EntrySite implements AutoCloseable {
  private static final String JAVA = "eclipse-temurin:25-jre";

  private final StackSite site;
  private final EntryClient entry;
  private final EntryClient modern;
  private final HttpResponse<String> closedPage;
  private final HttpResponse<String> closedApi;

  EntrySite(Path folder) throws Exception {
    StackSite.require(Images.bundled().of("entry").reference(), JAVA);
    site =
        new StackSite(folder, StackSite.spec(new StackSite.SiteSpec(Profile.MINIMAL, List.of())));
    entry = new EntryClient(site.spec().web(), HttpClient.Version.HTTP_1_1);
    modern = new EntryClient(site.spec().web(), HttpClient.Version.HTTP_2);
    try {
      site.compose("up", "--detach", "--wait", "--no-deps", "entry");
      closedPage = entry.get("/");
      closedApi = entry.get("/api/v1/nanos", "Accept-Language", "en-GB");
      app(1);
      app(2);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> entry.get("/").statusCode() == 200);
    } catch (Exception | AssertionError e) {
      close();
      throw e;
    }
  }

  /** Starts one more application. */
  void app(int number) throws Exception {
    StackSite.run(
        "docker",
        "run",
        "--detach",
        "--name",
        site.spec().project() + "-fake-" + number,
        "--label",
        "dev.nanoctl.instance=" + site.spec().instance(),
        "--network",
        site.spec().project() + "-front",
        "--network-alias",
        "app",
        "--memory",
        "256m",
        "--volume",
        site.spec().project() + "-answers:/answers",
        "--volume",
        Path.of("target/test-classes").toAbsolutePath() + ":/classes:ro",
        JAVA,
        "java",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        "/classes",
        FakeApp.class.getName());
  }

  /** How often the applications were asked for that, and how many bytes of bodies they read. */
  long[] seen(String request) throws Exception {
    long[] sum = new long[2];
    for (int number : List.of(1, 2)) {
      String said =
          StackSite.run(
              "docker",
              "exec",
              site.container("entry"),
              "curl",
              "-fsS",
              "http://%s-fake-%d:8080/count?%s"
                  .formatted(site.spec().project(), number, request.replace(' ', '+')));
      String[] parts = said.strip().split(" ", -1);
      sum[0] += Long.parseLong(parts[0]);
      sum[1] += Long.parseLong(parts[1]);
    }
    return sum;
  }

  /** Calls over HTTP/1.1. */
  EntryClient entry() {
    return entry;
  }

  /** Calls over HTTP/2. */
  EntryClient modern() {
    return modern;
  }

  /** The front page while there was no application. */
  HttpResponse<String> closedPage() {
    return closedPage;
  }

  /** What the API said to an English caller while there was no application. */
  HttpResponse<String> closedApi() {
    return closedApi;
  }

  ProjectSpec spec() {
    return site.spec();
  }

  Path root() {
    return site.root();
  }

  String container(String service) {
    return site.container(service);
  }

  String compose(String... arguments) throws Exception {
    return site.compose(arguments);
  }

  @Override
  public void close() throws IOException {
    entry.close();
    modern.close();
    site.close();
  }
}
