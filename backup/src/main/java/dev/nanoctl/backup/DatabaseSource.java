package dev.nanoctl.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A PostgreSQL cluster to back up, over its replication protocol. */
public interface DatabaseSource {
  /** Receives a base backup: every file once, in the order the server sends them. */
  interface BaseReceiver {
    /** The backup began at this position. */
    void began(LogPosition start, int timeline) throws IOException;

    /**
     * One file of the cluster, or its manifest. The content is valid during the call only.
     *
     * @param path below the data directory, with {@code /}
     */
    void file(String path, long size, InputStream content) throws IOException;

    /** The backup is consistent from this position on. */
    void ended(LogPosition stop) throws IOException;
  }

  /** Receives write-ahead log in order, without a hole. */
  interface LogReceiver {
    /**
     * Bytes that begin at this position.
     *
     * @return up to where the log is durable in the repository; never more than was received
     */
    LogPosition received(LogPosition start, ByteBuffer bytes) throws IOException;
  }

  /** Asks the server who it is; every connection begins with this. */
  DatabaseIdentity identify() throws IOException;

  /** Takes a base backup with checksums verified and a manifest. */
  void base(BaseReceiver receiver) throws IOException, InterruptedException;

  /** Makes the slot that keeps write-ahead log until it is durable; one that exists is left. */
  void createSlot(String slot) throws IOException;

  /** Streams write-ahead log from a position on until the thread is interrupted. */
  void stream(String slot, LogPosition from, int timeline, LogReceiver receiver)
      throws IOException, InterruptedException;
}
