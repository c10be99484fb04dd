package dev.nanoctl.server.audit;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The sealed part of the audit log: entries get a number and a hash that covers the entry before
 * them. Sealing is done by one writer at a time, a moment after the commit, so that the chain does
 * not make changes wait for each other.
 */
public final class AuditTrail {
  /**
   * What a check of the whole chain found.
   *
   * @param ok whether every entry is where and as it was sealed
   * @param checked how many entries were looked at
   * @param firstBroken the number of the first entry that is missing, moved or changed
   * @param head the hash at the end, in hexadecimal; written down elsewhere it proves the chain
   */
  public record Verdict(boolean ok, long checked, OptionalLong firstBroken, String head) {}

  private static final int BATCH = 500;

  private final Jdbi jdbi;
  private final AuditStore store = new AuditStore();

  /** The trail in the given database. */
  public AuditTrail(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Seals what waits; answers how many entries that were. */
  public int seal() {
    int all = 0;
    int sealed;
    do {
      sealed = jdbi.inTransaction(this::sealSome);
      all += sealed;
    } while (sealed == BATCH);
    return all;
  }

  private int sealSome(Handle tx) {
    if (!store.anyPending(tx)) {
      return 0;
    }
    AuditStore.Head head = store.lockHead(tx);
    long seq = head.seq();
    byte[] hash = head.hash();
    List<AuditEntry> sealed = new ArrayList<>();
    for (AuditStore.Pending entry : store.take(tx, BATCH)) {
      seq++;
      byte[] next = AuditEntry.hash(seq, entry.at(), entry.actor(), entry.what(), hash);
      sealed.add(new AuditEntry(seq, entry.at(), entry.actor(), entry.what(), hash, next));
      hash = next;
    }
    if (!sealed.isEmpty()) {
      store.append(tx, sealed);
      store.head(tx, new AuditStore.Head(seq, hash));
    }
    return sealed.size();
  }

  /** Seals what waits, then checks every entry and that none is missing at the end. */
  public Verdict verify() {
    seal();
    AuditStore.Head head = jdbi.withHandle(store::head);
    long seq = 0;
    byte[] hash = new byte[32];
    while (seq < head.seq()) {
      long from = seq;
      List<AuditEntry> entries = jdbi.withHandle(tx -> store.after(tx, from, BATCH));
      if (entries.isEmpty()) {
        return broken(seq, seq + 1, hash);
      }
      for (AuditEntry entry : entries) {
        if (!entry.follows(seq, hash)) {
          return broken(seq, seq + 1, hash);
        }
        seq = entry.seq();
        hash = entry.hash();
        if (seq == head.seq() && !MessageDigest.isEqual(hash, head.hash())) {
          return broken(seq, seq, hash);
        }
      }
    }
    return new Verdict(true, seq, OptionalLong.empty(), HexFormat.of().formatHex(hash));
  }

  private static Verdict broken(long checked, long at, byte[] hash) {
    return new Verdict(false, checked, OptionalLong.of(at), HexFormat.of().formatHex(hash));
  }

  /** Entries older than the given number, newest first. */
  List<AuditEntry> list(long before, AuditStore.Filter filter, int most) {
    return jdbi.withHandle(tx -> store.before(tx, before, filter, most));
  }
}
