package dev.nanoctl.server.media.pack;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a package, or worth knowing about it.
 *
 * @param severity whether the package is refused for it
 * @param rule which rule the package breaks, with its texts
 * @param entry the entry it is about, or null for the package as a whole
 * @param detail what exactly was found, in technical terms such as a field's name; empty if the
 *     rule says it all
 */
public record Finding(Severity severity, Rule rule, @Nullable String entry, String detail) {
  private static final int LONGEST_DETAIL = 300;

  /** Makes what comes out of the package fit to be shown and stored. */
  public Finding {
    entry = entry == null ? null : EntryNames.printable(entry);
    detail = Texts.line(detail, LONGEST_DETAIL);
  }

  /** Whether a finding refuses the package. */
  public enum Severity {
    /** The package is refused. */
    ERROR,
    /** The package is accepted all the same. */
    WARNING
  }

  /** A reason to refuse the package. */
  public static Finding error(Rule rule, @Nullable String entry, String detail) {
    return new Finding(Severity.ERROR, rule, entry, detail);
  }

  /** Something worth knowing. */
  public static Finding warning(Rule rule, @Nullable String entry, String detail) {
    return new Finding(Severity.WARNING, rule, entry, detail);
  }

  /** The stable code. */
  public FindingCode code() {
    return rule.code();
  }

  /** The rule as an English sentence with the detail. */
  public String inEnglish() {
    return withDetail(rule.ruleEn());
  }

  /** The rule as a German sentence with the detail. */
  public String inGerman() {
    return withDetail(rule.ruleDe());
  }

  private String withDetail(String sentence) {
    return detail.isEmpty() ? sentence : sentence + " (" + detail + ")";
  }
}
