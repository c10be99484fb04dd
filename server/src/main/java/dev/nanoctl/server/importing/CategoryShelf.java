package dev.nanoctl.server.importing;

import org.jdbi.v3.core.Handle;

/** Where an import puts the categories it brings. */
@FunctionalInterface
public interface CategoryShelf {
  /** Adds the category unless there is one with this slug; true when it was added. */
  boolean ensure(Handle tx, String slug, String nameDe, String nameEn);
}
