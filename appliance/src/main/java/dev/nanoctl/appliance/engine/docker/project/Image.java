package dev.nanoctl.appliance.engine.docker.project;

import dev.nanoctl.core.site.ByteSize;
import dev.nanoctl.core.site.SiteConfig.Profile;
import java.util.Map;
import java.util.Optional;

/**
 * The program of a service.
 *
 * @param name with its tag, such as {@code nginx:1.30}
 * @param digest {@code sha256:…}, which pins the tag; empty where the tag alone decides
 * @param licence under which the program may be used
 * @param memory the most a container may take, by profile; absent where it is not part of one
 */
public record Image(
    String name, Optional<String> digest, String licence, Map<Profile, ByteSize> memory) {
  /** Keeps its own copy. */
  public Image {
    memory = Map.copyOf(memory);
  }

  /** What Compose is to run: the name, pinned where a digest is known. */
  public String reference() {
    return digest.map(pin -> name + "@" + pin).orElse(name);
  }
}
