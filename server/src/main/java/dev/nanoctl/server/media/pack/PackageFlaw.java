package dev.nanoctl.server.media.pack;

import org.jspecify.annotations.Nullable;

/** Carries a finding out of the depths of reading; the validator turns it into its report. */
final class PackageFlaw extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Finding finding;

  PackageFlaw(Rule rule, @Nullable String entry, String detail) {
    super(rule.code() + " " + entry + " " + detail, null, false, false);
    this.finding = Finding.error(rule, entry, detail);
  }

  Finding finding() {
    return finding;
  }
}
