package dev.nanoctl.appliance.plan;

/**
 * Everything an upgrade's plan follows from. Written to the journal; holds no secret.
 *
 * @param now what runs
 * @param next what shall run
 * @param before what ran before, which a failed upgrade leaves noted as it was
 * @param copyBefore the copy of the database of that time; may be empty
 * @param apps how many containers of the app there are
 * @param copy the name of the copy of the database to be taken
 */
public record UpgradeFacts(
    Release now, Release next, Release before, String copyBefore, int apps, String copy) {
  /** Whether there is anything to do. */
  public boolean needed() {
    return !now.image().equals(next.image());
  }
}
