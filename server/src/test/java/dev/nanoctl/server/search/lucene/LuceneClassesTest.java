package dev.nanoctl.server.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** What two threads that meet Lucene at the same time do to each other. */
final class LuceneClassesTest {
  private static final int ROUNDS = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void threadsThatMeetTheClassesOfOneIndexAtOnceDoNotWaitForEachOther() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var fresh = new Fresh();
      Class.forName(LuceneIndex.class.getName(), true, fresh);
      var together = new CyclicBarrier(2);
      List<Thread> threads =
          List.of(
              meeting("org.apache.lucene.index.TermsEnum", fresh, together),
              meeting("org.apache.lucene.index.BaseTermsEnum", fresh, together));
      for (Thread thread : threads) {
        assertThat(thread.join(PATIENCE)).as("round %d: %s", round, thread.getName()).isTrue();
      }
    }
  }

  private static Thread meeting(String name, ClassLoader fresh, CyclicBarrier together) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          try {
            together.await();
            Class.forName(name, true, fresh);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Has the classes of Lucene and those that use it once more, none of them initialised. */
  private static final class Fresh extends ClassLoader {
    static {
      registerAsParallelCapable();
    }

    Fresh() {
      super(LuceneClassesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("org.apache.lucene.")
          && !name.startsWith("dev.nanoctl.server.search.lucene.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
