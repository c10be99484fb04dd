package dev.nanoctl.server.nano;

import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Param;
import java.util.List;

/** The query parameters that narrow a list of nanos down; search has the same. */
public final class FilterParams {
  private static final List<Param> ALL =
      List.of(
          Param.text("category", 80).repeated(),
          Param.integer("level", 1, 3).repeated(),
          Param.text("language", 35).repeated(),
          Param.choice("format", Teaching.FORMATS.toArray(String[]::new)).repeated(),
          Param.text("license", 100).repeated(),
          Param.integer("duration_min", 0, 600),
          Param.integer("duration_max", 0, 600),
          Param.text("creator", 36));

  /** All of them, without the order. */
  public static Param[] all() {
    return ALL.toArray(Param[]::new);
  }

  private FilterParams() {}

  /** What a call asks for. */
  public static NanoFilter read(Call call, NanoFilter.Sort sort) {
    List<Integer> levels = call.queries("level").stream().map(Integer::valueOf).toList();
    return new NanoFilter(
        call.queries("category"),
        new NanoFilter.Facts(
            levels,
            call.queries("language"),
            call.queries("format"),
            call.queries("license"),
            call.integer("duration_min").orElse(0),
            call.integer("duration_max").orElse(Integer.MAX_VALUE)),
        call.query("creator").orElse(null),
        sort);
  }
}
