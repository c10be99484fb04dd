package dev.nanoctl.server.media.scan;

import java.io.IOException;
import java.util.Optional;

/** Two scanners look at the same bytes. */
final class TwoLooks implements MalwareScan.Look {
  private final MalwareScan.Look first;
  private final MalwareScan.Look second;

  /** Takes the first look over and begins the second; closes the first if that fails. */
  TwoLooks(MalwareScan.Look first, MalwareScan other) throws IOException {
    this.first = first;
    try {
      this.second = other.begin();
    } catch (IOException e) {
      first.close();
      throw e;
    }
  }

  @Override
  public void see(byte[] bytes, int offset, int length) throws IOException {
    first.see(bytes, offset, length);
    second.see(bytes, offset, length);
  }

  @Override
  public Optional<String> verdict() throws IOException {
    Optional<String> found = first.verdict();
    return found.isPresent() ? found : second.verdict();
  }

  @Override
  public void close() throws IOException {
    try (first) {
      second.close();
    }
  }
}
