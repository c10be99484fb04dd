package dev.nanoctl.server.nano;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The licences of the SPDX list, by id, with name and address. */
public final class Licences {
  /** The id of a nano that is under its creator's own terms. */
  public static final String PROPRIETARY = "proprietary";

  /** What the form offers first. */
  public static final List<String> OFFERED =
      List.of("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0");

  private static final String LIST = "spdx-licences.tsv";
  private static final String SPDX = "https://spdx.org/licenses/";
  private static final Map<String, Licence> BY_ID = read();

  private Licences() {}

  /**
   * One licence.
   *
   * @param id the SPDX id
   * @param url where it can be read
   */
  public record Licence(String id, String name, String url) {}

  /** The licence with this id. */
  public static Optional<Licence> find(String id) {
    return Optional.ofNullable(BY_ID.get(id));
  }

  /** True for an id that a nano may carry. */
  public static boolean known(String id) {
    return id.equals(PROPRIETARY) || BY_ID.containsKey(id);
  }

  private static Map<String, Licence> read() {
    try (InputStream list = Licences.class.getResourceAsStream(LIST)) {
      if (list == null) {
        throw new IllegalStateException("the list of licences is not in this build: " + LIST);
      }
      Map<String, Licence> licences = new HashMap<>();
      var lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split("\t", -1);
        String url = cells.length > 2 ? cells[2] : SPDX + cells[0] + ".html";
        licences.put(cells[0], new Licence(cells[0], cells[1], url));
      }
      return Map.copyOf(licences);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
