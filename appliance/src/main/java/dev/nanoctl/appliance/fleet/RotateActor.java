package dev.nanoctl.appliance.fleet;

import dev.nanoctl.appliance.Actor;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.plan.Action;
import dev.nanoctl.appliance.plan.SecretAction;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Carries out changes of secrets. */
final class RotateActor implements Actor {
  private final Layout layout;
  private final Rotator.Parts parts;
  private final InstantSource clock;
  private final BooleanSupplier interrupted;

  RotateActor(
      Layout layout, Rotator.Parts parts, InstantSource clock, BooleanSupplier interrupted) {
    this.layout = layout;
    this.parts = parts;
    this.clock = clock;
    this.interrupted = interrupted;
  }

  @Override
  public String perform(Action action) throws IOException, InterruptedException {
    if (!(action instanceof SecretAction change)) {
      throw new IllegalArgumentException(action + " is not about secrets");
    }
    switch (change) {
      case SecretAction.MakeNext(String name) -> files(name).makeNext(parts.rotation(name));
      case SecretAction.AcceptBoth(String name) ->
          parts.rotation(name).acceptBoth(files(name).current(), files(name).next());
      case SecretAction.Promote(String name) -> files(name).promote(clock.instant());
      case SecretAction.AcceptOne(String name) -> acceptOne(name);
      case SecretAction.Renew(List<String> secrets, int apps) ->
          parts.renewal().renew(promoted(secrets), apps, interrupted);
    }
    return "";
  }

  private SecretFiles files(String name) {
    return new SecretFiles(layout, name);
  }

  private void acceptOne(String name) throws IOException, InterruptedException {
    SecretFiles files = files(name);
    if (files.isPromoted()) {
      parts.rotation(name).acceptOne(files.current(), files.previous());
      files.forget();
    }
  }

  /** When the last of them was. */
  private Instant promoted(List<String> secrets) throws IOException {
    Instant last = Instant.EPOCH;
    for (String name : secrets) {
      Instant promoted = files(name).promotedAt();
      last = promoted.isAfter(last) ? promoted : last;
    }
    return last;
  }
}
