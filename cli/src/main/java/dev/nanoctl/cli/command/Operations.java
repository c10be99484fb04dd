package dev.nanoctl.cli.command;

import dev.nanoctl.core.site.SiteFolder;

/** Keeps two operations from changing one instance at the same time. */
public interface Operations {
  /**
   * Does the work while holding the instance's lock.
   *
   * @param verb what is going on, for whoever is kept waiting
   */
  void exclusively(SiteFolder site, String verb, Runnable work);
}
