package dev.nanoctl.appliance.plan;

/**
 * One release of the program as it runs in containers.
 *
 * @param image the name of its image with its tag
 * @param version such as {@code 0.2.0}
 * @param schema the newest version of the schema it knows, such as {@code 035}; may be empty where
 *     nobody noted it
 */
public record Release(String image, String version, String schema) {}
