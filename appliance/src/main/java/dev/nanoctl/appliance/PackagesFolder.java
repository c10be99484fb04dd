package dev.nanoctl.appliance;

import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.Engine;
import dev.nanoctl.core.site.SiteConfig.ObjectsKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The folder that the server of an instance without containers keeps packages in. */
final class PackagesFolder {
  private PackagesFolder() {}

  /** Why nothing can be stored there; empty if something can, or if packages lie elsewhere. */
  static Optional<String> closed(Instance instance, SiteConfig config) {
    if (instance.ports().engine() == Engine.DOCKER || config.objects().store() == ObjectsKind.S3) {
      return Optional.empty();
    }
    Path site = instance.layout().root();
    Path root = instance.layout().site().resolve(config.objects().directory());
    return List.of(root, root.resolve("objects"), root.resolve("tmp")).stream()
        .flatMap(folder -> closed(folder, site).stream())
        .findFirst();
  }

  private static Optional<String> closed(Path folder, Path site) {
    if (!Files.exists(folder)) {
      return Optional.empty();
    }
    if (!Files.isDirectory(folder)) {
      return Optional.of(folder + " is no folder");
    }
    try {
      String owner = OsAccount.owning(folder).name();
      // the server runs as the account that the site belongs to; root may write anywhere
      String account = OsAccount.owning(site).name();
      if (!owner.equals(account) && !account.equals("root")) {
        return Optional.of(
            "%s belongs to %s, and the server runs as %s".formatted(folder, owner, account));
      }
      return Files.isWritable(folder)
          ? Optional.empty()
          : Optional.of(folder + " cannot be written, or its disk is mounted for reading only");
    } catch (IOException e) {
      return Optional.of("%s cannot be looked at: %s".formatted(folder, e.getMessage()));
    }
  }
}
