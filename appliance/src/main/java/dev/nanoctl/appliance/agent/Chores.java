package dev.nanoctl.appliance.agent;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does chores beside the agent's own work, each at its own pace, until closed. */
public final class Chores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  private final List<Thread> threads;

  private Chores(List<Thread> threads) {
    this.threads = threads;
  }

  /** Begins; each is done for the first time when its pause is over. */
  public static Chores start(List<AgentChore> chores) {
    return new Chores(
        chores.stream()
            .map(chore ->
                Thread.ofPlatform()
                    .daemon()
                    .name("chore-" + chore.name())
                    .start(() -> untilClosed(chore)))
            .toList());
  }

  private static void untilClosed(AgentChore chore) {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(chore.every());
        once(chore);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void once(AgentChore chore) throws InterruptedException {
    try {
      chore.run();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      LOG.warn("{} failed: {}", chore.name(), e.getMessage());
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
