package dev.nanoctl.cli.trial;

import dev.nanoctl.core.Problem;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.main.TrialTool;
import dev.nanoctl.server.media.store.ObjectStoreException;
import java.util.List;
import java.util.UUID;

/** The whole way with what comes before and after it: accounts are made, and all is removed. */
final class Trial {
  private final Course course;
  private final TrialTool tool;
  private final FrontDoor door;
  private final TrialPackage pack;

  Trial(Course course, TrialTool tool, FrontDoor door, TrialPackage pack) {
    this.course = course;
    this.tool = tool;
    this.door = door;
    this.pack = pack;
  }

  /** To its end or the first failure; what was made is removed in any case, and looked for. */
  void run() {
    var journey = new Journey(door, pack);
    course.step("make two accounts", "made two accounts", () -> makeAccounts(journey));
    course.step("sign in", "signed in", journey::signIn);
    course.step("upload a package", "uploaded a package", journey::upload);
    course.step("validate it", "validated it", journey::validate);
    course.step("publish it", "published it", journey::review);
    course.step("find it by search", "found it by search", journey::search);
    course.step("download it", "downloaded it", journey::download);
    course.step("delete it", "deleted it", journey::delete);
    boolean whole = course.isWell();
    course.finish("remove what was made", "removed what was made", this::remove);
    course.finish("look for traces", "left nothing", () -> look(journey, whole));
  }

  private String makeAccounts(Journey journey) throws InterruptedException {
    int left = removeAll();
    journey.people(tool.make(Role.CREATOR), tool.make(Role.MODERATOR));
    return "creator and moderator" + (left == 0 ? "" : "; " + left + " old ones removed");
  }

  private String remove() throws InterruptedException {
    removeAll();
    return "accounts, nano and package";
  }

  private int removeAll() throws InterruptedException {
    try {
      return tool.removeAll();
    } catch (ObjectStoreException e) {
      throw new Problem.Unavailable(
              "NC-OBJECTS-UNAVAILABLE",
              e.problem().message(),
              "nanoctl doctor, then nanoctl doctor --self-test, which removes what is left")
          .raise(e);
    }
  }

  private String look(Journey journey, boolean whole) throws InterruptedException {
    Journey.Made made = journey.made();
    List<String> left =
        tool.left(
            made.nano().map(UUID::fromString), made.upload().map(UUID::fromString), pack.sha256());
    if (!left.isEmpty()) {
      throw new Problem.NotWell(
              "NC-SELF-TEST-LEFT",
              "still there: " + String.join(", ", left),
              "nanoctl doctor --self-test again, which removes what is left")
          .raise();
    }
    if (whole) {
      journey.requireGone();
    }
    return whole
        ? "no sign-in, object, search entry or kept answer"
        : "no account, nano, upload or object";
  }
}
