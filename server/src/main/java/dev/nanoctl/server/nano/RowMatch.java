package dev.nanoctl.server.nano;

import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import java.util.Optional;

/**
 * The {@code If-Match} of a change. A detail's entity tag is {@code "ROW_VERSION.CHECKSUM"}: the
 * first part moves with every edit, the second also with ratings and downloads, which are no reason
 * to refuse an edit.
 */
public final class RowMatch {
  private RowMatch() {}

  /** PRECONDITION_FAILED when the header is there and names another version of the row. */
  public static void require(Optional<String> header, long rowVersion) {
    if (header.isPresent() && !names(header.get(), rowVersion)) {
      throw new ApiException(ApiError.PRECONDITION_FAILED);
    }
  }

  private static boolean names(String header, long rowVersion) {
    String wanted = Long.toString(rowVersion);
    for (String part : header.split(",", 100)) {
      String tag = part.strip();
      String bare = (tag.startsWith("W/") ? tag.substring(2) : tag).replace("\"", "");
      int dot = bare.indexOf('.');
      if (tag.equals("*") || (dot < 0 ? bare : bare.substring(0, dot)).equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
