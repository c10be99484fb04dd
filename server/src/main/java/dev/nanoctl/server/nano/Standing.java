package dev.nanoctl.server.nano;

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
