package dev.nanoctl.cli.command;

import dev.nanoctl.backup.repo.BucketProbe.Feature;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.json.JsonWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code nanoctl objects probe}. */
@Command(
    name = "probe",
    description = {
      "Try which features of S3 the bucket for packages has, before anything relies on " + "them.",
      "It is the bucket that objects.s3 names, in use or not, else the instance's own "
          + "store. Some small objects are written, and removed again."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:the bucket can be used",
      "3:a feature that is needed is not there",
      "13:no bucket is configured, or it does not let nanoctl in",
      "14:the endpoint does not answer"
    })
public final class ObjectsProbeCommand implements Callable<Integer> {
  private static final int NOT_WELL = 3;

  private final Invocation invocation;
  private final Upkeep upkeep;

  /** Probes the bucket of the instance that is meant. */
  public ObjectsProbeCommand(Invocation invocation, Upkeep upkeep) {
    this.invocation = invocation;
    this.upkeep = upkeep;
  }

  @Override
  public Integer call() {
    Upkeep.Bucket bucket = upkeep.probeObjects(invocation.site());
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json ->
          json.field("bucket", bucket.where())
              .field("fit", bucket.fit())
              .array("features", bucket.features(), ObjectsProbeCommand::member));
    } else if (!output.wishes().quiet()) {
      output.heading(bucket.where());
      output.gap();
      output.rows(bucket.features().stream().map(ObjectsProbeCommand::row).toList());
    }
    return bucket.fit() ? 0 : NOT_WELL;
  }

  private static String state(Feature feature) {
    return feature.state().name().toLowerCase(Locale.ROOT);
  }

  private static void member(JsonWriter json, Feature feature) {
    json.object(o ->
        o.field("name", feature.name())
            .field("state", state(feature))
            .field("needed", feature.needed())
            .field("detail", feature.detail()));
  }

  private static Row row(Feature feature) {
    Glyph glyph =
        switch (feature.state()) {
          case YES -> Glyph.WELL;
          case OFF -> Glyph.IDLE;
          case NO, DENIED -> feature.needed() ? Glyph.BROKEN : Glyph.WARNING;
        };
    return Row.of(
        glyph,
        feature.name(),
        feature.detail().isEmpty() ? state(feature) : state(feature) + " · " + feature.detail());
  }
}
