package dev.nanoctl.server.nano;

import dev.nanoctl.server.http.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What someone is to one particular nano: their role and whether it is theirs. */
public enum Standing {
  /** Nobody is signed in. */
  GUEST(false, false),
  /** Signed in, neither its creator nor staff. */
  STRANGER(false, false),
  /** Its creator, but no longer in a role that may create. */
  FORMER_CREATOR(true, false),
  /** Its creator. */
  CREATOR(true, false),
  /** A moderator looking at someone else's nano. */
  MODERATOR(false, true),
  /** A moderator looking at their own nano. */
  OWN_MODERATOR(true, true),
  /** An administrator looking at someone else's nano. */
  ADMIN(false, true),
  /** An administrator looking at their own nano. */
  OWN_ADMIN(true, true);

  private final boolean own;
  private final boolean staff;

  Standing(boolean own, boolean staff) {
    this.own = own;
    this.staff = staff;
  }

  /** What this person, or nobody, is to a nano of that creator. */
  public static Standing of(@Nullable Principal who, UUID creatorId) {
    if (who == null) {
      return GUEST;
    }
    boolean own = who.id().equals(creatorId);
    return switch (who.role()) {
      case CONSUMER -> own ? FORMER_CREATOR : STRANGER;
      case CREATOR -> own ? CREATOR : STRANGER;
      case MODERATOR -> own ? OWN_MODERATOR : MODERATOR;
      case ADMIN -> own ? OWN_ADMIN : ADMIN;
    };
  }

  /** True for the creator of the nano. */
  public boolean own() {
    return own;
  }

  /** True for those who see nanos of others before they are public. */
  public boolean staff() {
    return staff;
  }

  /** True for those who may change the nano's content. */
  public boolean mayManage() {
    return switch (this) {
      case CREATOR, OWN_MODERATOR, ADMIN, OWN_ADMIN -> true;
      case GUEST, STRANGER, FORMER_CREATOR, MODERATOR -> false;
    };
  }

  /** True for those who may decide about the nano: staff, never about their own. */
  public boolean mayDecide() {
    return staff && !own;
  }
}
