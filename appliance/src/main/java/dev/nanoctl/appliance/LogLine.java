package dev.nanoctl.appliance;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of a log.
 *
 * @param at when, where the line says so
 */
public record LogLine(String service, Optional<Instant> at, String text) {}
