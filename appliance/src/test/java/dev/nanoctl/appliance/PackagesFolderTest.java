package dev.nanoctl.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nanoctl.appliance.plan.Supervision;
import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.core.site.NewSite;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackagesFolderTest {
  @TempDir private Path site;

  private Optional<String> closed() {
    SiteConfig config =
        new SiteConfigFile(site.resolve("nanoctl.yml")).require(NewSite.text(Map.of()));
    var instance =
        new Instance(
            new Layout(new SiteFolder(site)),
            "id",
            true,
            "nanoctl-postgres",
            new Ports(SiteConfig.Engine.EMBEDDED, Map.of()),
            Supervision.DAEMON);
    return PackagesFolder.closed(instance, config);
  }

  @Test
  void whatIsNotThereYetAndWhatCanBeWrittenIsWell() throws IOException {
    assertThat(closed()).isEmpty();
    Files.createDirectories(site.resolve("objects").resolve("tmp"));
    assertThat(closed()).isEmpty();
  }

  @Test
  void whatIsNoFolderIsNamed() throws IOException {
    Files.createDirectories(site.resolve("objects"));
    Files.createFile(site.resolve("objects").resolve("tmp"));
    assertThat(closed()).hasValueSatisfying(why -> assertThat(why).contains("tmp is no folder"));
  }

  @Test
  void aFolderOfAnotherAccountIsNamedWithBoth() throws IOException {
    assumeTrue(OsAccount.current().isRoot(), "skipped: only root can give a folder away");
    Path objects = Files.createDirectories(site.resolve("objects"));
    var accounts = objects.getFileSystem().getUserPrincipalLookupService();
    Files.setOwner(site, accounts.lookupPrincipalByName("nobody"));
    assertThat(closed())
        .hasValueSatisfying(
            why -> assertThat(why).contains("belongs to root", "the server runs as nobody"));
  }
}
