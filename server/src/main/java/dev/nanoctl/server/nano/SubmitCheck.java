package dev.nanoctl.server.nano;

import dev.nanoctl.server.http.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a nano must have before anyone reviews it; each missing item names its field. */
final class SubmitCheck {
  private SubmitCheck() {}

  /** Everything that is still missing; empty when the nano may be submitted. */
  static List<FieldError> missing(NanoFields fields, Optional<NanoVersionRow> newest) {
    List<FieldError> missing = new ArrayList<>();
    need(missing, fields.about().title(), "title");
    need(missing, fields.about().description(), "description");
    if (fields.categories().isEmpty()) {
      missing.add(
          required(
              "categories", "Bitte mindestens ein Thema wählen.", "Choose at least one topic."));
    }
    need(missing, fields.rights().licence(), "licence");
    if (Licences.PROPRIETARY.equals(fields.rights().licence())) {
      need(missing, fields.rights().licenceTerms(), "licence_terms");
    }
    if (newest.isEmpty()) {
      missing.add(required("package", "Bitte ein Paket hochladen.", "Upload a package."));
    }
    if (!fields.rights().origin().rightsConfirmed()) {
      missing.add(
          required(
              "rights_confirmed",
              "Bitte bestätige, dass du die Rechte hast.",
              "Confirm that you hold the rights."));
    }
    return missing;
  }

  private static void need(List<FieldError> missing, @Nullable String value, String field) {
    if (value == null) {
      missing.add(FieldError.required(field));
    }
  }

  private static FieldError required(String field, String german, String english) {
    return new FieldError(field, "required", german, english);
  }
}
