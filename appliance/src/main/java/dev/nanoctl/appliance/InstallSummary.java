package dev.nanoctl.appliance;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an installation came to.
 *
 * @param changed false when the instance was there already and nothing was done
 * @param signIn the first administrator's one-time link, once
 * @param invitation the file that holds the link, too
 */
public record InstallSummary(
    Instance instance,
    boolean changed,
    URI url,
    String adminEmail,
    Optional<URI> signIn,
    Path invitation) {}
