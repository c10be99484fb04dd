package dev.nanoctl.cli.command;

import dev.nanoctl.core.site.ConfigKey;
import dev.nanoctl.core.site.SiteKeys;
import java.util.Iterator;
import java.util.List;

/** The names of all keys of {@code nanoctl.yml}, for completion. */
final class KeyNames implements Iterable<String> {
  private final List<String> names = SiteKeys.all().stream().map(ConfigKey::name).toList();

  @Override
  public Iterator<String> iterator() {
    return names.iterator();
  }
}
