package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;

/** Nanos as JSON, with the names of the API. */
final class NanoJson {
  private NanoJson() {}

  /** The fields as the form takes them. */
  static JsonObject fields(NanoFields fields) {
    About about = fields.about();
    Teaching teaching = fields.teaching();
    Rights rights = fields.rights();
    return JsonObject.builder()
        .put("title", about.title())
        .put("description", about.description())
        .put("details_md", about.detailsMd())
        .put("duration_minutes", teaching.durationMinutes())
        .put("level", teaching.level())
        .put("language", teaching.language())
        .put("formats", JsonArray.ofTexts(teaching.formats()))
        .put("delivery", teaching.delivery())
        .put("instructor_required", teaching.audience().instructorRequired())
        .put("objectives", JsonArray.ofTexts(about.objectives()))
        .put("target_group", teaching.audience().targetGroup())
        .put("prerequisites", teaching.audience().prerequisites())
        .put("categories", JsonArray.ofTexts(fields.categories()))
        .put("tags", JsonArray.ofTexts(about.tags()))
        .put("licence", rights.licence())
        .put("licence_terms", rights.licenceTerms())
        .put("attribution", rights.attribution())
        .put("exchange", rights.exchange())
        .put("visibility", rights.visibility())
        .put("rights_confirmed", rights.origin().rightsConfirmed())
        .put("based_on", rights.origin().basedOn())
        .build();
  }
}
