package dev.nanoctl.server.media;

import dev.nanoctl.server.http.Answer;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Etags;
import dev.nanoctl.server.media.store.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A file to answer with: whole, in part, or not at all because the client has it.
 *
 * @param mediaType what it is
 * @param size how many bytes it has
 * @param etag its strong entity tag, without quotes
 * @param bytes where its bytes come from
 */
record FileAnswer(String mediaType, long size, String etag, Bytes bytes) {
  /** Opens the bytes of a range. */
  interface Bytes {
    InputStream open(ByteRange range) throws IOException;
  }

  private static final int BUFFER = 1 << 16;

  /** The answer to a GET. */
  Answer to(Call call) {
    return to(call, call.header("Range"));
  }

  /** The answer to a HEAD, for which ranges do not exist. */
  Answer toHead(Call call) {
    return to(call, Optional.empty());
  }

  private Answer to(Call call, Optional<String> range) {
    Optional<String> known = call.header("If-None-Match");
    if (known.isPresent() && Etags.matches(known.get(), quoted())) {
      return Answer.empty(304).etag(etag);
    }
    RangeRequest wanted = RangeRequest.of(range, call.header("If-Range"), size, quoted());
    return switch (wanted) {
      case RangeRequest.Whole _ -> whole().header("Accept-Ranges", "bytes").etag(etag);
      case RangeRequest.Part(ByteRange part) ->
          part(part).header("Accept-Ranges", "bytes").etag(etag);
      case RangeRequest.Unsatisfiable _ ->
          throw new ApiException(ApiError.RANGE_NOT_SATISFIABLE)
              .header("Content-Range", "bytes */" + size);
    };
  }

  private String quoted() {
    return '"' + etag + '"';
  }

  private Answer whole() {
    if (size == 0) {
      return Answer.bytes(200, mediaType, new byte[0]);
    }
    ByteRange all = new ByteRange(0, size - 1);
    return Answer.stream(200, mediaType, size, out -> copy(all, out));
  }

  private Answer part(ByteRange range) {
    String where = "bytes " + range.first() + "-" + range.last() + "/" + size;
    long length = range.lengthWithin(size);
    return Answer.stream(206, mediaType, length, out -> copy(range, out))
        .header("Content-Range", where);
  }

  private void copy(ByteRange range, OutputStream out) throws IOException {
    long left = range.lengthWithin(size);
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = bytes.open(range)) {
      while (left > 0) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          throw new IOException("the file ends " + left + " bytes too early");
        }
        out.write(buffer, 0, n);
        left -= n;
      }
    }
  }
}
