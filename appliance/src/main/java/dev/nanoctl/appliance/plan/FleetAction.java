package dev.nanoctl.appliance.plan;

/**
 * One change to the containers of an instance, as data. Every action may be repeated: what is done
 * already is left as it is.
 */
public sealed interface FleetAction extends Action.Fleet {
  /** Writes how many app containers there are to be into the site's configuration. */
  record NoteApps(int apps) implements FleetAction {}

  /** Starts app containers of the current release until there are that many, each well. */
  record AddApps(int apps) implements FleetAction {}

  /** Drains and removes app containers, the youngest first, until that many are left. */
  record DrainApps(int apps) implements FleetAction {}

  /** Takes a copy of the database that a failed change is undone with. */
  record TakeCopy(String copy) implements FleetAction {}

  /** Removes a copy. */
  record DropCopy(String copy) implements FleetAction {}

  /** Removes all copies but that one. */
  record KeepOnly(String copy) implements FleetAction {}

  /** Removes an app image that nothing will go back to; one that is in use elsewhere stays. */
  record DropImage(String image) implements FleetAction {}

  /** Makes the app image of this program if it does not exist. */
  record BuildImage(String image) implements FleetAction {}

  /** Brings a copy of the database up with that image, apart from the live one, and asks it. */
  record Rehearse(String copy, String image) implements FleetAction {}

  /**
   * Starts the first container of an image beside the old ones; it brings the schema up to date.
   */
  record Lead(String image) implements FleetAction {}

  /** Replaces one container at a time until that many run, all of that image. */
  record Replace(String image, int apps) implements FleetAction {}

  /** Goes back to a release: its containers, and its database where it cannot read the new one. */
  record Return(Release release, int apps, String copy) implements FleetAction {}

  /** Notes which release runs, and which ran before it with its copy of the database. */
  record NoteRelease(Release now, Release before, String copy) implements FleetAction {}
}
