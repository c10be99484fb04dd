package dev.nanoctl.appliance.plan;

import dev.nanoctl.appliance.plan.MigrateAction.Side;
import java.util.List;

/**
 * Everything the move to containers follows from. Written to the journal; holds no secret.
 *
 * @param secrets those that are to be made
 * @param data what the processes work on, in the site's folder
 * @param bundledStore whether packages move into the store of the instance itself
 */
public record MigrateFacts(
    String instance,
    Side before,
    Side after,
    Supervision supervision,
    List<String> secrets,
    List<String> data,
    boolean bundledStore) {}
