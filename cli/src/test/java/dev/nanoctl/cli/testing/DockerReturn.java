package dev.nanoctl.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.engine.docker.AppImage;
import dev.nanoctl.appliance.engine.docker.Container;
import dev.nanoctl.appliance.engine.docker.project.ProjectSpec;
import dev.nanoctl.cli.serve.SiteObjects;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.media.store.ObjectKey;
import dev.nanoctl.server.media.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Brings the data of an instance with containers back from a bucket and is killed while it does,
 * tries the backup in a drill, and rebuilds the instance when all of it is lost.
 */
public final class DockerReturn {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final StackSite stack;
  private final LaunchedNanoctl nanoctl;
  private final Path folder;
  private final ProofTable proof;

  /** For an instance that has packages; {@code folder} is for files of the test. */
  public DockerReturn(StackSite stack, Path folder) {
    this.stack = stack;
    this.nanoctl = stack.nanoctl();
    this.folder = folder;
    this.proof = new ProofTable(nanoctl.site());
  }

  /** All of it; the instance is another one with the same data, and a table more. */
  public void run() throws Exception {
    try (MinioBucket bucket = MinioBucket.start(folder)) {
      Path kit = folder.resolve("kit.txt");
      nanoctl.done(with(bucket, "backup", "target", "add", "--kit", kit.toString()));
      nanoctl.done("backup", "target", "test");
      proof.create(1, 2, 3);
      nanoctl.done("backup", "create");
      restored();
      drilled(kit);
      nanoctl.done("restore", "accept");
      assertThat(nanoctl.run("restore", "undo").err()).contains("NC-RESTORE-NONE");
      recovered(bucket, kit);
    }
    upgradeRefused();
  }

  /** The bucket is gone: what runs stays as it is. */
  private void upgradeRefused() throws Exception {
    var layout = new Layout(new SiteFolder(nanoctl.site()));
    String image = AppImage.noted(layout).orElseThrow();
    List<String> containers = stack.containers().stream().map(Container::id).toList();
    AppImage.note(layout, image + "-of-before");
    LaunchedNanoctl.Result refused = nanoctl.run("upgrade");
    AppImage.note(layout, image);
    assertThat(refused.status()).as("%s", refused).isEqualTo(14);
    assertThat(refused.err()).contains("NC-UPGRADE-BACKUP", "was not begun");
    assertThat(stack.containers().stream().map(Container::id))
        .containsExactlyElementsOf(containers);
  }

  private static String[] with(MinioBucket bucket, String... arguments) throws IOException {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(bucket.options());
    return all.toArray(new String[0]);
  }

  /** With the kit and the bucket only. */
  private void recovered(MinioBucket bucket, Path kit) throws Exception {
    List<ObjectKey> objects = objects();
    nanoctl.done("backup", "create");
    String before = stack.instance();
    nanoctl.done("uninstall", "--purge", "--yes");
    assertThat(stack.left(before)).isZero();
    nanoctl.done(with(bucket, "recover", "--no-systemd", "--kit", kit.toString(), "--from"));
    assertThat(proof.rows()).isEqualTo("1 2 3");
    assertThat(objects()).containsExactlyElementsOf(objects);
    assertThat(nanoctl.site().resolve("restore")).doesNotExist();
  }

  private void restored() throws Exception {
    Instant before = ProofTable.now();
    proof.remove(2);
    proof.add(4);
    List<ObjectKey> objects = objects();
    assertThat(objects).isNotEmpty();
    try (ObjectStore store = store()) {
      store.delete(objects.getFirst());
    }
    proof.awaitShipped();
    killedInTheMiddle(before);
    assertThat(proof.rows()).isEqualTo("1 3 4");
    assertThat(nanoctl.run("start").err()).contains("NC-UNFINISHED");
    nanoctl.done("resume");
    assertThat(proof.rows()).isEqualTo("1 2 3");
    assertThat(objects()).containsExactlyElementsOf(objects);
    assertThat(nanoctl.run("restore", "--yes").err()).contains("NC-RESTORE-PENDING");
    assertThat(spare("restore")).as("nothing is left beside").isFalse();
  }

  /** While PostgreSQL replays the log beside. */
  private void killedInTheMiddle(Instant before) throws Exception {
    LaunchedNanoctl.Job job = nanoctl.job("restore", "--to", before.toString(), "--yes");
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(PATIENCE)
        .until(() -> spare("restore") || !job.process().isAlive());
    job.signal("KILL");
    assertThat(job.end().status()).as("killed").isEqualTo(137);
  }

  private void drilled(Path kit) throws Exception {
    JsonObject report = nanoctl.done("drill", "run", "--kit", kit.toString(), "--json").json();
    assertThat(report.bool("ok")).as("%s", Json.text(report)).contains(true);
    assertThat(report.array("checks").orElseThrow()).hasSize(8);
    assertThat(spare("drill")).as("nothing is left of it").isFalse();
  }

  private boolean spare(String purpose) throws IOException {
    String name = ProjectSpec.projectOf(stack.instance()) + "-" + purpose + "-postgres";
    return stack.api().find("/containers/" + name + "/json").isPresent();
  }

  private Instance instance() {
    return Instance.require(new SiteFolder(nanoctl.site()));
  }

  private ObjectStore store() {
    return SiteObjects.of(
            instance(), new SiteConfigFile(nanoctl.site().resolve("nanoctl.yml")).load())
        .open();
  }

  private List<ObjectKey> objects() throws IOException {
    var keys = new ArrayList<ObjectKey>();
    try (ObjectStore store = store()) {
      store.list("", object -> keys.add(object.key()));
    }
    keys.sort(Comparator.comparing(ObjectKey::path));
    return keys;
  }
}
