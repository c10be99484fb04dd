package dev.nanoctl.appliance.plan;

import java.util.List;

/** One change to a secret, as data. Every action may be repeated. */
public sealed interface SecretAction extends Action.Secrets {
  /** Makes the next value of a secret beside the current one. */
  record MakeNext(String secret) implements SecretAction {}

  /** Has the service accept both the current and the next value. */
  record AcceptBoth(String secret) implements SecretAction {}

  /** Makes the next value the current one, and keeps the old one beside it. */
  record Promote(String secret) implements SecretAction {}

  /** Has the service accept the current value only, and forgets the old one. */
  record AcceptOne(String secret) implements SecretAction {}

  /**
   * Has whoever reads these secrets read them as they are now: containers of the app are replaced,
   * a server without containers is started anew.
   */
  record Renew(List<String> secrets, int apps) implements SecretAction {
    /** Keeps its own copy. */
    public Renew {
      secrets = List.copyOf(secrets);
    }
  }
}
