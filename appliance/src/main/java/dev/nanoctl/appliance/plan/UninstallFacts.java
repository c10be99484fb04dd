package dev.nanoctl.appliance.plan;

import java.nio.file.Path;

/**
 * Everything an uninstallation's plan follows from.
 *
 * @param account who PostgreSQL ran as
 * @param ownAccount whether that account was made for nanoctl
 * @param purge whether to remove what people made, too
 */
public record UninstallFacts(
    String instance,
    Supervision supervision,
    Path unit,
    String account,
    boolean ownAccount,
    boolean purge) {}
