package dev.nanoctl.appliance.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.plan.Release;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatorTest {
  private static final Release OLD = new Release("app:old", "0.1.0", "037");
  private static final Instant NOW = Instant.parse("2026-11-21T13:00:00Z");

  @TempDir private Path folder;
  private final FakeStack stack = new FakeStack();
  private final List<String> accepted = new ArrayList<>();
  private Layout layout = new Layout(new SiteFolder(Path.of("/none")));

  @BeforeEach
  void site() throws IOException {
    layout = new Layout(new SiteFolder(folder));
    Files.createDirectories(layout.state());
    Files.createDirectories(folder.resolve("secrets"));
    stack.start(OLD.image(), 1);
  }

  private Rotator rotator(Rotation rotation) {
    return rotator(Map.of("database-password", rotation), 2);
  }

  private Rotator rotator(Map<String, Rotation> rotations, int apps) {
    Renewal renewal =
        (promoted, count, interrupted) ->
            new Rolling(stack, interrupted)
                .renew(OLD.image(), count, app -> !app.created().isBefore(promoted));
    return new Rotator(
        layout, new Rotator.Parts(rotations, renewal, apps), InstantSource.fixed(NOW), line -> {});
  }

  private Rotation rotation() {
    return new Rotation() {
      @Override
      public Secret make(Secret current) {
        return new Secret("new");
      }

      @Override
      public void acceptBoth(Secret current, Secret next) {
        accepted.add(current.value() + "+" + next.value());
      }

      @Override
      public void acceptOne(Secret current, Secret old) {
        accepted.add(current.value() + "-" + old.value() + " with " + stack.apps().size());
      }
    };
  }

  @Test
  void aSecretHasTwoValuesUntilEveryContainerWasReplaced() throws Exception {
    stack.start(OLD.image(), 2);
    Files.writeString(layout.secret("database-password"), "old\n");
    stack.fewest();
    stack.later(NOW.plusSeconds(1));
    rotator(rotation()).rotate(List.of("database-password"), Progress.SILENT);
    assertThat(accepted).containsExactly("old+new", "new-old with 2");
    assertThat(stack.apps()).extracting(AppContainer::id).containsExactly("c3", "c4");
    assertThat(stack.fewest()).isGreaterThanOrEqualTo(2);
    assertThat(Files.readString(layout.secret("database-password"))).isEqualTo("new\n");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(layout.secret("database-password"))))
        .isEqualTo("rw-------");
    try (var left = Files.list(folder.resolve("secrets"))) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void aPairOfSecretsHasBothNewValuesBeforeEitherIsPromoted() throws Exception {
    Files.writeString(layout.secret("key-name"), "name\n");
    Files.writeString(layout.secret("key-secret"), "secret\n");
    var seen = new ArrayList<String>();
    Rotation pair =
        new Rotation() {
          @Override
          public Secret make(Secret current) {
            return new Secret("new " + current.value());
          }

          @Override
          public Set<String> together() {
            return Set.of("key-name", "key-secret");
          }

          @Override
          public void acceptBoth(Secret current, Secret next) {
            try (var files = Files.list(folder.resolve("secrets"))) {
              seen.add(files.map(file -> file.getFileName().toString()).sorted().toList() + "");
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }

          @Override
          public void acceptOne(Secret current, Secret old) {
            seen.add(old.value() + " is over");
          }
        };
    stack.later(NOW.plusSeconds(1));
    rotator(Map.of("key-name", pair, "key-secret", pair), 1)
        .rotate(List.of("key-secret"), Progress.SILENT);
    assertThat(seen)
        .containsExactly(
            "[key-name, key-name.next, key-secret, key-secret.next]",
            "[key-name, key-name.next, key-secret, key-secret.next]",
            "name is over",
            "secret is over");
    assertThat(Files.readString(layout.secret("key-name"))).isEqualTo("new name\n");
    assertThat(Files.readString(layout.secret("key-secret"))).isEqualTo("new secret\n");
  }

  @Test
  void aSecretThatNobodyRotatesIsRefusedBeforeAnythingHappens() {
    assertThatThrownBy(() -> rotator(rotation()).rotate(List.of("tls-key.pem"), Progress.SILENT))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo("NC-SECRET-FIXED"));
    assertThat(stack.events()).hasSize(1);
  }

  @Test
  void aRotationThatWasInterruptedGoesOnWithTheSameNewValue() throws Exception {
    Files.writeString(layout.secret("database-password"), "old\n");
    var failing =
        new Rotation() {
          private boolean refuses = true;
          private int made;

          @Override
          public Secret make(Secret current) {
            return new Secret("new " + ++made);
          }

          @Override
          public void acceptBoth(Secret current, Secret next) {
            if (refuses) {
              refuses = false;
              throw new IllegalStateException("not now");
            }
          }

          @Override
          public void acceptOne(Secret current, Secret old) {
            accepted.add(current.value() + " instead of " + old.value());
          }
        };
    stack.later(NOW.plusSeconds(1));
    assertThatThrownBy(() -> rotator(failing).rotate(List.of(), Progress.SILENT))
        .hasMessageContaining("not now");
    assertThatThrownBy(() -> rotator(failing).rotate(List.of(), Progress.SILENT))
        .isInstanceOf(ProblemException.class);
    rotator(failing).resume(Progress.SILENT);
    assertThat(accepted).containsExactly("new 1 instead of old");
    assertThat(Files.readString(layout.secret("database-password"))).isEqualTo("new 1\n");
  }
}
