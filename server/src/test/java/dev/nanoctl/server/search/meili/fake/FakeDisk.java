package dev.nanoctl.server.search.meili.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Every change that was accepted, a line each: done again, they make the same server again. */
final class FakeDisk {
  private final Path file;

  FakeDisk(Path file) {
    this.file = file;
  }

  /** Has the double hold what is kept here, and keep here what it is told from now on. */
  void serve(FakeApi api, String key) throws IOException, InterruptedException {
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        List<Object> parts = FakeJson.array(FakeJson.parse(line));
        api.answer(
            new FakeRequest(
                parts.get(0).toString(),
                parts.get(1).toString(),
                Map.of(),
                "Bearer " + key,
                "application/json",
                parts.get(2).toString()));
      }
      while (!api.tasks().areDone()) {
        Thread.sleep(5);
      }
    }
    api.whenAccepted(this::keep);
  }

  private void keep(FakeRequest request) {
    String line = FakeJson.text(List.of(request.method(), request.path(), request.body()));
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
