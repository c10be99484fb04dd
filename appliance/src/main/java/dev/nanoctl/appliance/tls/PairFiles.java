package dev.nanoctl.appliance.tls;

import java.nio.file.Path;

/** The files of a certificate chain and its key, both PEM. */
public record PairFiles(Path certificates, Path key) {}
