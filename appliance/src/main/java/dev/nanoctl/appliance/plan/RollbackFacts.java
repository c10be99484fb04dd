package dev.nanoctl.appliance.plan;

/**
 * Everything a rollback's plan follows from.
 *
 * @param now what runs
 * @param before what ran before and shall run again
 * @param copy the copy of the database from that time; may be empty
 * @param restore whether the release before cannot work with the schema as it is now
 * @param apps how many containers of the app there are
 */
public record RollbackFacts(Release now, Release before, String copy, boolean restore, int apps) {}
