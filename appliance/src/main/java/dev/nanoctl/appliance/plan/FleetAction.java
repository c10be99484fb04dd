package dev.nanoctl.appliance.plan;

import java.util.Set;

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

  /** Puts the copy in the place of the database if its schema is past what that image knows. */
  record ReturnDatabase(String copy, String image) implements FleetAction {}

  /** Removes copies that no return needs any more; the named one stays. */
  record DropCopies(String keep) implements FleetAction {}

  /** Makes the app image of this program if it does not exist. */
  record BuildImage(String image) implements FleetAction {}

  /** Brings a throw-away copy of the database up with that image and asks it what people ask. */
  record Rehearse(String copy, String image) implements FleetAction {}

  /** Writes which app image is the current one, rendering what follows from it. */
  record UseImage(String image) implements FleetAction {}

  /** Starts one container of that image beside the old ones, which brings the schema up to date. */
  record Lead(String image) implements FleetAction {}

  /** Replaces one container at a time until that many run, all of that image. */
  record Replace(String image, int apps) implements FleetAction {}

  /** Notes which image ran before, for a rollback. */
  record NoteRelease(String image, String version, String previous, String copy)
      implements FleetAction {}

  /** Makes the next value of a secret beside the current one. */
  record MakeNext(String secret) implements FleetAction {}

  /** Has the service accept both the current and the next value. */
  record AcceptBoth(String secret) implements FleetAction {}

  /** Makes the next value the current one, and keeps the old one beside it. */
  record Promote(String secret) implements FleetAction {}

  /** Has the service accept the current value only, and forgets the old one. */
  record AcceptOne(String secret) implements FleetAction {}

  /** Starts the services anew that know a secret only from their start, one container at a time. */
  record Refresh(Set<String> services) implements FleetAction {
    /** Keeps its own copy. */
    public Refresh {
      services = Set.copyOf(services);
    }
  }
}
