package dev.nanoctl.server.media.pack;

/**
 * A file in a package.
 *
 * @param path its path in the package
 * @param size its counted size, unpacked
 */
public record PackageFile(String path, long size) {}
