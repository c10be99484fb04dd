package dev.nanoctl.core.explain;

/**
 * What one error code means.
 *
 * @param summary a few words
 * @param cause why it happens
 * @param consequence what it means for the instance and its data
 * @param fix what to do
 */
public record Explanation(
    String code, String summary, String cause, String consequence, String fix) {}
