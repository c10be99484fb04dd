package dev.nanoctl.server.http;

/** Parses, calls a service, renders. No decisions. */
@FunctionalInterface
public interface Handler {
  /** Answers a call; an {@link ApiException} becomes an error envelope. */
  Answer answer(Call call) throws Exception;
}
