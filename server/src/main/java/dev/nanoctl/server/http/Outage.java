package dev.nanoctl.server.http;

/** An exception that may say that something this server depends on does not do its part now. */
public interface Outage {
  /** Whether that is so; otherwise it is a bug like any other. */
  boolean isOutage();

  /** What people are told, in German. */
  String german();

  /** What people are told, in English. */
  String english();
}
