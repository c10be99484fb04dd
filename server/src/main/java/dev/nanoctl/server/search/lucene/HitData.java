package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.SearchEntry;
import dev.nanoctl.server.search.text.Language;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.lucene.util.BytesRef;

/** What a hit is rendered from, as it lies in the index. */
record HitData(UUID id, Language language, String title, String description, String item) {

  static BytesRef write(SearchEntry entry) {
    byte[] title = entry.texts().title().getBytes(StandardCharsets.UTF_8);
    byte[] description = entry.texts().description().getBytes(StandardCharsets.UTF_8);
    byte[] item = entry.item().getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(25 + title.length + description.length + item.length);
    out.putLong(entry.id().getMostSignificantBits());
    out.putLong(entry.id().getLeastSignificantBits());
    out.put((byte) Language.of(entry.traits().language()).code());
    out.putInt(title.length).put(title);
    out.putInt(description.length).put(description);
    out.put(item);
    return new BytesRef(out.array());
  }

  static UUID id(BytesRef bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length);
    return new UUID(in.getLong(), in.getLong());
  }

  static HitData read(BytesRef bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length);
    UUID id = new UUID(in.getLong(), in.getLong());
    Language language = Language.ofCode((char) in.get());
    String title = text(in, in.getInt());
    String description = text(in, in.getInt());
    return new HitData(id, language, title, description, text(in, in.remaining()));
  }

  private static String text(ByteBuffer in, int length) {
    int at = in.arrayOffset() + in.position();
    in.position(in.position() + length);
    return new String(in.array(), at, length, StandardCharsets.UTF_8);
  }
}
