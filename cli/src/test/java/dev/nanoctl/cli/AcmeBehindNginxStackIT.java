package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.engine.docker.project.Images;
import dev.nanoctl.appliance.engine.docker.project.Project;
import dev.nanoctl.appliance.engine.docker.project.ProjectSpec;
import dev.nanoctl.appliance.tls.CertificateKeeper;
import dev.nanoctl.appliance.tls.Certificates;
import dev.nanoctl.cli.testing.LaunchedNanoctl;
import dev.nanoctl.cli.testing.Pebble;
import dev.nanoctl.cli.testing.Visitor;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The rendered entry shows an authority its challenges, and new certificates after a reload. */
class AcmeBehindNginxStackIT {
  private static final String INSTANCE = "01990000-0000-7000-8000-00000ac3e001";

  @TempDir Path folder;

  @Test
  void nginxAnswersTheAuthorityAndTakesEachNewPairWithoutAFailedHandshake() throws Exception {
    int http = LaunchedNanoctl.freePort();
    int https = LaunchedNanoctl.freePort();
    try (Pebble pebble = Pebble.start(Files.createDirectory(folder.resolve("ca")), http);
        Network network = Network.newNetwork()) {
      var site = new SiteFolder(Files.createDirectory(folder.resolve("site")));
      Certificates certificates = certificates(site, pebble, http, https);
      certificates.prepare();
      try (GenericContainer<?> entry = entry(site, network, http, https)) {
        entry.start();
        var visitor = new Visitor(https);
        assertThat(visitor.strictTransport()).as("of a stand-in").isFalse();
        try (var _ = keeper(certificates, entry)) {
          X509Certificate first = renewed(certificates, visitor);
          assertThat(visitor.strictTransport()).isTrue();
          assertThat(renewed(certificates, visitor).getPublicKey())
              .as("a key of its own")
              .isNotEqualTo(first.getPublicKey());
        }
      }
      assertThat(pebble.accounts()).isEqualTo(1);
    }
  }

  /** Renews while visitors come; what they see then. */
  private static X509Certificate renewed(Certificates certificates, Visitor visitor)
      throws Exception {
    X509Certificate before = visitor.shown();
    try (Visitor.Stream stream = visitor.keepComing()) {
      certificates.renew();
      await().atMost(Duration.ofSeconds(30)).until(() -> !visitor.shown().equals(before));
      assertThat(stream.failures()).isZero();
    }
    assertThat(certificates.view().issuer()).contains("Pebble");
    // for a moment a worker from before may take a connection beside the new ones
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> certificates.view().served().orElseThrow().shown());
    return visitor.shown();
  }

  private static Certificates certificates(SiteFolder site, Pebble pebble, int http, int https)
      throws IOException {
    Files.writeString(
        site.config(),
        """
        site:
          engine: docker
        server:
          bind: 127.0.0.1
          domain: localhost
          tls:
            mode: acme
            acme:
              directory: %s
              root: %s
        docker:
          http_port: %d
          https_port: %d
        """
            .formatted(pebble.directory(), pebble.root(), http, https));
    var layout = new Layout(site);
    Files.createDirectories(layout.state());
    Files.createDirectories(site.secrets());
    SiteConfig config = new SiteConfigFile(site.config()).load();
    return Certificates.of(layout, config, InstantSource.system());
  }

  private static CertificateKeeper keeper(Certificates certificates, GenericContainer<?> entry) {
    return CertificateKeeper.start(
        certificates,
        List.of("true"),
        () -> assertThat(entry.execInContainer("nginx", "-s", "reload").getExitCode()).isZero());
  }

  private static GenericContainer<?> entry(SiteFolder site, Network network, int http, int https)
      throws IOException {
    var spec =
        new ProjectSpec(
            INSTANCE,
            SiteConfig.Profile.MINIMAL,
            new ProjectSpec.Web("127.0.0.1", http, https, true),
            new ProjectSpec.App("nanoctl/app:none", 1, Optional.empty(), ""),
            Images.bundled(),
            new ProjectSpec.Host(
                Map.of(
                    "postgres", 1, "redis-cache", 2, "redis-state", 3, "search", 4, "objects", 5),
                0,
                0,
                new SiteConfig.Postgres(
                    Optional.empty(), Optional.empty(), 40, Map.of(), Optional.empty()),
                new SiteConfig.Alerts(Optional.empty(), Optional.empty())));
    Path root = site.root().resolve("docker");
    for (var file : Project.render(spec).entrySet()) {
      Path target = root.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.writeString(target, file.getValue());
    }
    GenericContainer<?> entry =
        new GenericContainer<>(DockerImageName.parse("nginx:1.30"))
            .withImagePullPolicy(_ -> false)
            .withLabel("dev.nanoctl.test", "acme")
            .withNetwork(network)
            .withTmpFs(Map.of("/answers", "mode=0755"))
            .withCreateContainerCmdModifier(command -> {
              command.withEntrypoint("/bin/sh", "/etc/nanoctl/start/entry.sh");
              var host = command.getHostConfig();
              assertThat(host).isNotNull();
              host.withBinds(mounts(site));
            })
            .waitingFor(
                Wait.forSuccessfulCommand("curl -fsS http://127.0.0.1:8081/healthz")
                    .withStartupTimeout(Duration.ofSeconds(30)));
    entry.setPortBindings(
        List.of("127.0.0.1:%d:80".formatted(http), "127.0.0.1:%d:443".formatted(https)));
    return entry;
  }

  private static List<Bind> mounts(SiteFolder site) {
    Path root = site.root().resolve("docker");
    return List.of(
        mount(root.resolve("start"), "/etc/nanoctl/start"),
        mount(root.resolve("nginx/nginx.conf"), "/etc/nginx/nginx.conf"),
        mount(root.resolve("nginx/locations.conf"), "/etc/nginx/locations.conf"),
        mount(root.resolve("nginx/unavailable.html"), "/usr/share/nginx/pages/unavailable.html"),
        mount(site.secrets().resolve("tls"), "/etc/nginx/tls"),
        mount(new Layout(site).challenges(), "/var/www/acme"));
  }

  private static Bind mount(Path here, String there) {
    return new Bind(here.toString(), new Volume(there), AccessMode.ro);
  }
}
