package dev.nanoctl.appliance.journal;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An operation that did not come to its end.
 *
 * @param done the steps that were taken
 * @param begun the steps that were begun, taken or not
 * @param undoing whether it was being undone
 * @param undone the steps that were undone again
 */
public record Unfinished(
    String verb,
    JsonObject facts,
    Set<String> done,
    Set<String> begun,
    boolean undoing,
    Set<String> undone) {

  /** Why no other operation may begin before this one was finished. */
  public ProblemException refusal() {
    return new Problem.Unavailable(
            "NC-UNFINISHED",
            "an interrupted %s waits to be finished".formatted(verb),
            "nanoctl resume")
        .raise();
  }

  static Unfinished of(JournalLine begin, List<JournalLine> rest) {
    var done = new LinkedHashSet<String>();
    var begun = new LinkedHashSet<String>();
    var undone = new LinkedHashSet<String>();
    boolean undoing = false;
    for (JournalLine line : rest) {
      switch (line.event()) {
        case STEP -> begun.add(line.name());
        case DONE -> done.add(line.name());
        case UNDOING -> undoing = true;
        case UNDONE -> undone.add(line.name());
        case UNDO, BEGIN, END -> {
          // an undo that was only begun is done again; the other two cannot come here
        }
      }
    }
    return new Unfinished(begin.name(), begin.facts(), done, begun, undoing, undone);
  }
}
