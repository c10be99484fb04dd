package dev.nanoctl.server.account;

import java.time.Instant;
import java.util.UUID;

/**
 * One sign-in on one device.
 *
 * @param id the key
 * @param userAgent what the device said of itself, at most 300 characters
 * @param network where it came from, cut to /24 or /48
 * @param createdAt when it began
 * @param usedAt when it was used last
 */
public record Session(
    UUID id, String userAgent, String network, Instant createdAt, Instant usedAt) {}
