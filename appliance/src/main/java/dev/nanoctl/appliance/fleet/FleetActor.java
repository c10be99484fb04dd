package dev.nanoctl.appliance.fleet;

import dev.nanoctl.appliance.Actor;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.plan.Action;
import dev.nanoctl.appliance.plan.FleetAction;
import dev.nanoctl.appliance.plan.Release;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Carries out changes of the app's containers. */
final class FleetActor implements Actor {
  private final Layout layout;
  private final Fleet.Parts parts;
  private final Rolling rolling;

  FleetActor(Layout layout, Fleet.Parts parts, BooleanSupplier interrupted) {
    this.layout = layout;
    this.parts = parts;
    this.rolling = new Rolling(parts.stack(), interrupted);
  }

  @Override
  public String perform(Action action) throws IOException, InterruptedException {
    if (!(action instanceof FleetAction change)) {
      throw new IllegalArgumentException(action + " is not about containers");
    }
    switch (change) {
      case FleetAction.NoteApps(int apps) -> noteApps(apps);
      case FleetAction.AddApps(int apps) -> rolling.add(image(), apps);
      case FleetAction.DrainApps(int apps) -> rolling.drainTo(apps);
      case FleetAction.TakeCopy(String copy) -> {
        return parts.copies().take(copy);
      }
      case FleetAction.DropCopy(String copy) -> parts.copies().drop(copy);
      case FleetAction.KeepOnly(String copy) -> keepOnly(copy);
      case FleetAction.DropImage(String image) -> parts.stack().dropImage(image);
      case FleetAction.BuildImage(String image) -> parts.stack().build(image);
      case FleetAction.Rehearse(String copy, String image) -> {
        return parts.copies().rehearse(copy, image);
      }
      case FleetAction.Lead(String image) -> rolling.lead(image);
      case FleetAction.Replace(String image, int apps) -> replace(image, apps);
      case FleetAction.Return(Release release, int apps, String copy) ->
          giveBack(release, apps, copy);
      case FleetAction.NoteRelease(Release now, Release before, String copy) ->
          new Releases(known(now), before, copy).write(layout);
    }
    return "";
  }

  private void noteApps(int apps) {
    var file = new SiteConfigFile(layout.site().config());
    ConfigText text =
        file.text()
            .with("docker.apps", Integer.toString(apps))
            .orElseThrow(() -> new IllegalStateException("docker.apps cannot be written"));
    file.write(text);
  }

  private String image() {
    return parts.current(layout).now().image();
  }

  private void replace(String image, int apps) throws InterruptedException {
    rolling.replace(image, apps, container -> container.image().equals(image));
  }

  /** Nothing that was written is given up unless the release cannot read what is there. */
  private void giveBack(Release release, int apps, String copy) throws InterruptedException {
    boolean behind = !parts.schema().readableBy(release.schema());
    if (behind && parts.copies().names().contains(copy)) {
      rolling.drainTo(0);
      parts.copies().putBack(copy);
      rolling.add(release.image(), apps);
    } else {
      replace(release.image(), apps);
    }
  }

  private void keepOnly(String copy) throws InterruptedException {
    for (String name : parts.copies().names()) {
      if (!name.equals(copy)) {
        parts.copies().drop(name);
      }
    }
  }

  private Release known(Release release) {
    return release.schema().isEmpty() && !release.image().isEmpty()
        ? new Release(release.image(), release.version(), parts.schema().version())
        : release;
  }
}
