package dev.nanoctl.appliance;

import dev.nanoctl.appliance.doctor.Facts;
import dev.nanoctl.core.site.SiteConfig;
import java.util.Optional;

/** Looks at the bucket that packages are kept in. */
public interface ObjectsProbe {
  /** What is found, within some seconds; empty where packages are kept in a folder. */
  Optional<Facts.Bucket> look(Layout layout, SiteConfig config);
}
