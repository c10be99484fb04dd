package dev.nanoctl.appliance.plan;

import dev.nanoctl.core.json.JsonObject;
import java.util.List;

/** Facts about changes of containers as they are written to the journal. */
public final class FleetJson {
  private static final String NOW = "now";
  private static final String BEFORE = "before";
  private static final String COPY = "copy";
  private static final String APPS = "apps";

  private FleetJson() {}

  /** A release. */
  public static JsonObject of(Release release) {
    return JsonObject.builder()
        .put("image", release.image())
        .put("version", release.version())
        .put("schema", release.schema())
        .build();
  }

  /** A release, read back. */
  public static Release release(JsonObject json) {
    return new Release(text(json, "image"), text(json, "version"), text(json, "schema"));
  }

  /** A change of the number of containers. */
  public static JsonObject of(ScaleFacts facts) {
    return JsonObject.builder()
        .put("noted", facts.noted())
        .put("running", facts.running())
        .put("wanted", facts.wanted())
        .build();
  }

  /** A change of the number of containers, read back. */
  public static ScaleFacts scale(JsonObject json) {
    return new ScaleFacts(number(json, "noted"), number(json, "running"), number(json, "wanted"));
  }

  /** An upgrade. */
  public static JsonObject of(UpgradeFacts facts) {
    return JsonObject.builder()
        .put(NOW, of(facts.now()))
        .put("next", of(facts.next()))
        .put(BEFORE, of(facts.before()))
        .put("copy_before", facts.copyBefore())
        .put(APPS, facts.apps())
        .put(COPY, facts.copy())
        .build();
  }

  /** An upgrade, read back. */
  public static UpgradeFacts upgrade(JsonObject json) {
    return new UpgradeFacts(
        release(json, NOW),
        release(json, "next"),
        release(json, BEFORE),
        text(json, "copy_before"),
        number(json, APPS),
        text(json, COPY));
  }

  /** A rollback. */
  public static JsonObject of(RollbackFacts facts) {
    return JsonObject.builder()
        .put(NOW, of(facts.now()))
        .put(BEFORE, of(facts.before()))
        .put(COPY, facts.copy())
        .put("restore", facts.restore())
        .put(APPS, facts.apps())
        .build();
  }

  /** A rollback, read back. */
  public static RollbackFacts rollback(JsonObject json) {
    return new RollbackFacts(
        release(json, NOW),
        release(json, BEFORE),
        text(json, COPY),
        json.bool("restore").orElseThrow(),
        number(json, APPS));
  }

  /** A rotation. */
  public static JsonObject rotation(List<String> secrets, int apps) {
    return JsonObject.builder().put("secrets", String.join(" ", secrets)).put(APPS, apps).build();
  }

  /** The plan of a rotation, from its facts. */
  public static Plan rotation(JsonObject json) {
    return RotatePlan.of(List.of(text(json, "secrets").split(" ", -1)), number(json, APPS));
  }

  private static Release release(JsonObject json, String name) {
    return release(json.object(name).orElseThrow());
  }

  private static String text(JsonObject json, String name) {
    return json.text(name).orElseThrow();
  }

  private static int number(JsonObject json, String name) {
    return Math.toIntExact(json.integer(name).orElseThrow());
  }
}
