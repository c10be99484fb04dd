package dev.nanoctl.backup.wire;

import java.nio.ByteBuffer;

/**
 * One message of the server.
 *
 * @param type its letter
 * @param body what follows the length; valid until the next message is read
 */
record Frame(char type, ByteBuffer body) {}
