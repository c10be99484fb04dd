package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.crypto.Digests;
import dev.nanoctl.backup.crypto.Sealer;
import dev.nanoctl.backup.crypto.Signer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * What happened in a repository, in one order that all who write to it agree on: signed entries
 * under consecutive keys, each with the digest of the one before. They are found by asking for the
 * next key, never by listing. Not for several threads at once.
 */
public final class Journal {
  private final Repository repository;
  private final UUID id;
  private final Signer signer;
  private final byte[] publicKey;
  private final JournalMemory memory;
  private final InstantSource clock;
  private final JournalState state = new JournalState();
  private long next;
  private String last = JournalEntry.NOTHING;

  private Journal(Repository repository, Sealer sealer, JournalMemory memory, InstantSource clock) {
    this.repository = repository;
    this.id = sealer.repository();
    this.signer = sealer.signer();
    this.publicKey = signer.publicKey();
    this.memory = memory;
    this.clock = clock;
  }

  /** Begins the journal of a new repository. */
  public static Journal create(
      Repository repository, Sealer sealer, JournalMemory memory, InstantSource clock)
      throws IOException {
    var journal = new Journal(repository, sealer, memory, clock);
    journal.append(new JournalEvent.Created(HexFormat.of().formatHex(journal.publicKey)));
    return journal;
  }

  /**
   * Reads the journal of a repository, every entry of it.
   *
   * @throws dev.nanoctl.core.ProblemException if it is damaged, another's, or older than this
   *     machine remembers it
   */
  public static Journal open(
      Repository repository, Sealer sealer, JournalMemory memory, InstantSource clock)
      throws IOException {
    var journal = new Journal(repository, sealer, memory, clock);
    journal.refresh();
    if (journal.next == 0) {
      throw RepositoryProblem.foreign("there is no journal of the repository " + journal.id);
    }
    return journal;
  }

  /** What follows from the entries read so far. */
  public JournalState state() {
    return state;
  }

  /** Reads the entries that others added, and checks that none is gone. */
  public void refresh() throws IOException {
    Optional<JournalMemory.Head> head = memory.load();
    long before = next;
    for (Optional<byte[]> entry = get(next); entry.isPresent(); entry = get(next)) {
      accept(entry.get());
      compare(head, next - 1);
    }
    if (head.isPresent() && next <= head.get().number()) {
      throw RepositoryProblem.rolledBack(
          "its journal ends with entry "
              + (next - 1)
              + ", this instance knows "
              + head.get().number());
    }
    requireNoHole();
    if (next > before) {
      memory.save(new JournalMemory.Head(next - 1, last));
    }
  }

  private void compare(Optional<JournalMemory.Head> head, long number) {
    if (head.isPresent() && head.get().number() == number && !head.get().sha256().equals(last)) {
      throw RepositoryProblem.rolledBack("entry " + number + " of its journal is another one");
    }
  }

  /** A listing proves nothing by what it lacks, but what it shows must have been read. */
  private void requireNoHole() throws IOException {
    var beyond = new String[1];
    String end = JournalEntry.key(next);
    repository.list(
        "journal/",
        item -> {
          if (item.key().compareTo(end) > 0) {
            beyond[0] = item.key();
          }
        });
    if (beyond[0] != null && get(next).isEmpty()) {
      throw RepositoryProblem.damaged(end, "is missing, but " + beyond[0] + " is there");
    }
  }

  private Optional<byte[]> get(long number) throws IOException {
    return repository.get(JournalEntry.key(number), JournalEntry.LARGEST);
  }

  private void accept(byte[] bytes) {
    String key = JournalEntry.key(next);
    JournalEntry entry = JournalEntry.decode(key, bytes, publicKey);
    if (!entry.repository().equals(id)
        || entry.number() != next
        || !entry.previous().equals(last)
        || (next == 0) != (entry.event() instanceof JournalEvent.Created)) {
      throw RepositoryProblem.rolledBack(key + " does not follow the entry before it");
    }
    state.apply(entry);
    last = Digests.sha256(bytes);
    next++;
  }

  /**
   * Adds an entry after those read so far; it is durable and was read back when the call returns.
   *
   * @throws dev.nanoctl.core.ProblemException {@code NC-REPO-BUSY} if another added one meanwhile;
   *     {@link #refresh}, think again, and repeat
   */
  public void append(JournalEvent event) throws IOException {
    String key = JournalEntry.key(next);
    var entry =
        new JournalEntry(id, next, last, clock.instant().truncatedTo(ChronoUnit.MILLIS), event);
    byte[] bytes = entry.encode(signer);
    try {
      repository.put(key, ByteBuffer.wrap(bytes));
    } catch (RepositoryException e) {
      if (e.kind() == Kind.TAKEN) {
        throw RepositoryProblem.busy(key);
      }
      throw e;
    }
    byte[] back = repository.get(key, JournalEntry.LARGEST).orElse(new byte[0]);
    if (!Arrays.equals(back, bytes)) {
      throw RepositoryProblem.damaged(key, "is not there after it was written");
    }
    accept(bytes);
    memory.save(new JournalMemory.Head(next - 1, last));
  }

  /** What the writer's clock shows. */
  Instant now() {
    return clock.instant();
  }
}
