package dev.nanoctl.server.media.store;

/** Why a store did not do what was asked. */
public sealed interface ObjectStoreProblem {
  /** There is no such object. */
  record NotFound(ObjectKey key) implements ObjectStoreProblem {}

  /** The key holds other bytes; objects are immutable. */
  record Exists(ObjectKey key) implements ObjectStoreProblem {}

  /** The range begins behind the end of the object. */
  record RangeOutside(ObjectKey key, long size) implements ObjectStoreProblem {}

  /** The bytes are not those that were announced. */
  record Mismatch(ObjectKey key, String what) implements ObjectStoreProblem {}

  /** There is no room left; nothing was stored. */
  record Full(String where) implements ObjectStoreProblem {}

  /** The store refuses the account this server uses. */
  record Denied(String where, String why) implements ObjectStoreProblem {}

  /** Nothing can be stored for now; what is there can be read. */
  record ReadOnly(String where, String why) implements ObjectStoreProblem {}

  /** The store does not answer, or not as a store should; trying again may help. */
  record Unavailable(String where, String why) implements ObjectStoreProblem {}

  /** This problem as an exception to throw. */
  default ObjectStoreException raise() {
    return new ObjectStoreException(this, null);
  }

  /** This problem as an exception to throw, keeping its cause. */
  default ObjectStoreException raise(Throwable cause) {
    return new ObjectStoreException(this, cause);
  }

  /** Whether somebody has to mend the store, after which the same may succeed. */
  default boolean isOutage() {
    return switch (this) {
      case Full _, Denied _, ReadOnly _, Unavailable _ -> true;
      case NotFound _, Exists _, RangeOutside _, Mismatch _ -> false;
    };
  }

  /** Whether what is stored can be read nevertheless. */
  default boolean isReadable() {
    return this instanceof Full || this instanceof ReadOnly;
  }

  /** One sentence for a log: what happened, then what to do. */
  default String message() {
    return switch (this) {
      case NotFound(ObjectKey key) -> "there is no object " + key;
      case Exists(ObjectKey key) -> "the object " + key + " exists with other bytes";
      case RangeOutside(ObjectKey key, long size) ->
          "the range begins behind the end of " + key + " (" + size + " bytes)";
      case Mismatch(ObjectKey key, String what) -> "the bytes for " + key + " differ: " + what;
      case Full(String where) -> "no room left in " + where + "; free some space and try again";
      case Denied(String where, String why) ->
          where + " refuses access (" + why + "); check the permissions or the access key";
      case ReadOnly(String where, String why) ->
          where + " cannot be written (" + why + "); check its owner, its permissions and the disk";
      case Unavailable(String where, String why) -> where + " is unavailable: " + why;
    };
  }
}
