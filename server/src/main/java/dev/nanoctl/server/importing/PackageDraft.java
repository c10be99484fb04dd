package dev.nanoctl.server.importing;

import dev.nanoctl.server.media.pack.PackageKind;
import dev.nanoctl.server.media.pack.PackageMetadata;
import dev.nanoctl.server.media.pack.Validation;
import dev.nanoctl.server.media.pack.ValidationReport;
import dev.nanoctl.server.nano.About;
import dev.nanoctl.server.nano.Licences;
import dev.nanoctl.server.nano.NanoFields;
import dev.nanoctl.server.nano.Rights;
import dev.nanoctl.server.nano.Teaching;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a nano whose package brings no {@code nano.json}: what the package tells itself.
 */
final class PackageDraft {
  /** The shelf for what does not say where it belongs. */
  static final String CATEGORY = "weitere-themen";

  static final String CATEGORY_DE = "Weitere Themen";
  static final String CATEGORY_EN = "More topics";

  private static final int WORDS_A_MINUTE = 150;
  private static final int LONGEST_TITLE = 200;
  private static final int LONGEST_DESCRIPTION = 1000;
  private static final int SHORTEST_TITLE = 3;

  private PackageDraft() {}

  static NanoFields of(Validation validation, String fileName) {
    PackageMetadata metadata = validation.report().metadata();
    String title = title(metadata.title(), fileName);
    String told = metadata.description();
    String description = told == null ? beginning(validation.text(), title) : told;
    String language = metadata.language() == null ? "de" : metadata.language();
    String licence = metadata.licence();
    boolean known = licence != null && (licence.equals("proprietary") || Licences.known(licence));
    String attribution = String.join(", ", metadata.authors());
    return new NanoFields(
        new About(title, cut(description, LONGEST_DESCRIPTION), null, List.of(), List.of()),
        new Teaching(
            minutes(validation),
            1,
            language,
            List.of(format(validation.report())),
            "online",
            Teaching.Audience.ANYONE),
        new Rights(
            known ? licence : null,
            null,
            attribution.isEmpty() ? null : cut(attribution, 500),
            "free",
            "public",
            new Rights.Origin(true, null)),
        List.of(CATEGORY));
  }

  private static String title(@Nullable String told, String fileName) {
    if (told != null && told.length() >= SHORTEST_TITLE) {
      return cut(told, LONGEST_TITLE);
    }
    String stem = fileName.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "").replaceAll("[_\\s]+", " ");
    String title = stem.strip();
    return title.length() >= SHORTEST_TITLE ? cut(title, LONGEST_TITLE) : "Nano " + title;
  }

  private static String beginning(String text, String title) {
    if (text.isBlank()) {
      return title;
    }
    String some = cut(text, 300);
    int space = some.lastIndexOf(' ');
    return some.length() < text.length() && space > 0 ? some.substring(0, space) + " …" : some;
  }

  private static int minutes(Validation validation) {
    Integer told = validation.report().metadata().durationMinutes();
    if (told != null) {
      return told;
    }
    int words = validation.text().isBlank() ? 0 : validation.text().split(" ").length;
    return Math.clamp(Math.ceilDiv(words, WORDS_A_MINUTE), 5, 600);
  }

  /** What the content consists of, told from its kind and from the file it begins with. */
  static String format(ValidationReport report) {
    PackageKind kind = report.facts().kind();
    String launch = report.facts().launchFile();
    if (kind != PackageKind.PLAIN && kind != PackageKind.HTML) {
      return "interactive";
    }
    String name = launch == null ? "" : launch.toLowerCase(Locale.ROOT);
    if (name.matches(".*\\.(mp4|m4v|webm|ogv)")) {
      return "video";
    }
    return name.matches(".*\\.(mp3|m4a|ogg|oga|opus|wav)") ? "audio" : "text";
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
