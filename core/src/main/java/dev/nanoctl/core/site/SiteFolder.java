package dev.nanoctl.core.site;

import java.nio.file.Path;

/**
 * The folder that holds all of one instance; nothing an instance owns lies elsewhere.
 *
 * @param root absolute and normalised
 */
public record SiteFolder(Path root) {
  /** Makes the folder's path absolute. */
  public SiteFolder {
    root = root.toAbsolutePath().normalize();
  }

  /** The site configuration. */
  public Path config() {
    return root.resolve("nanoctl.yml");
  }

  /** One file a secret, readable by the owner only. */
  public Path secrets() {
    return root.resolve("secrets");
  }

  /** A path from the configuration: relative ones start at this folder. */
  public Path resolve(Path configured) {
    return root.resolve(configured).normalize();
  }
}
