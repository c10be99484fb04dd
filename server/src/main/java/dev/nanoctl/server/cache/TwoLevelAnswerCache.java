package dev.nanoctl.server.cache;

import java.util.Collection;
import java.util.Optional;

/**
 * Answers in this process's memory, and behind it those that other servers of the site have made.
 * Both are held to the same rule, the latter by the positions of the log that all servers follow.
 */
public final class TwoLevelAnswerCache implements AnswerCache {
  private final LocalAnswerCache near;
  private final SharedAnswers far;
  private final SharedTopics topics;
  private final Shareable shareable;

  /** Says which answers are worth sharing. */
  @FunctionalInterface
  public interface Shareable {
    /** Whether the answer of this key is. */
    boolean test(String key);
  }

  /** Answers near and far; {@code topics} follows the log. */
  public TwoLevelAnswerCache(
      LocalAnswerCache near, RedisAnswers far, SharedTopics topics, Shareable shareable) {
    this(near, (SharedAnswers) far, topics, shareable);
  }

  TwoLevelAnswerCache(
      LocalAnswerCache near, SharedAnswers far, SharedTopics topics, Shareable shareable) {
    this.near = near;
    this.far = far;
    this.topics = topics;
    this.shareable = shareable;
  }

  @Override
  public Moment now() {
    return new Moment(near.now().here(), topics.now());
  }

  @Override
  public Optional<CachedAnswer> find(String key) {
    Optional<CachedAnswer> kept = near.find(key);
    if (kept.isPresent() || near.suspended() || !shareable.test(key)) {
      return kept;
    }
    // taken before the check: what changes meanwhile makes the near copy untrue, too
    long here = near.now().here();
    String log = topics.log();
    Optional<SharedAnswers.Found> found =
        far.find(log, key)
            .filter(one -> log.equals(topics.log()))
            .filter(one -> topics.unchanged(one.shown(), one.since()));
    found.ifPresent(one -> near.keep(key, one.answer(), one.shown(), here));
    return found.map(SharedAnswers.Found::answer);
  }

  @Override
  public void keep(String key, CachedAnswer answer, Collection<String> shows, Moment since) {
    near.keep(key, answer, shows, since);
    String log = topics.log();
    if (since.shared() == 0 || near.suspended() || !shareable.test(key)) {
      return;
    }
    int[] shown = Topics.slots(shows);
    if (topics.unchanged(shown, since.shared())) {
      far.keep(log, key, new SharedAnswers.Found(answer, shown, since.shared()));
    }
  }

  @Override
  public void changed(String topic) {
    topics.changedHere(topic);
    near.changed(topic);
  }

  @Override
  public void changedAll() {
    near.changedAll();
  }

  @Override
  public void suspend() {
    near.suspend();
  }

  @Override
  public void resume() {
    near.resume();
  }
}
