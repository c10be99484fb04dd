package dev.nanoctl.server.importing;

/** Hears how an import gets on; calls come one after the other, from any thread. */
public interface ImportListener {
  /**
   * One more entry was dealt with.
   *
   * @param done how many entries are imported, unchanged or rejected
   * @param total how many there are
   * @param rejected how many of those done were rejected
   */
  void progress(int done, int total, int rejected);

  /** An entry was rejected; the import goes on with the next. */
  void rejected(Rejection rejection);

  /** Hears nothing. */
  ImportListener SILENT =
      new ImportListener() {
        @Override
        public void progress(int done, int total, int rejected) {}

        @Override
        public void rejected(Rejection rejection) {}
      };
}
