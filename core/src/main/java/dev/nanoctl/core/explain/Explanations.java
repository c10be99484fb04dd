package dev.nanoctl.core.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The catalogue of error codes. It is a text: blocks parted by empty lines, each with the code and
 * a summary on its first line, then {@code cause:}, {@code consequence:} and {@code fix:}.
 */
public final class Explanations {
  private static final Pattern BLOCKS = Pattern.compile("\n\\s*\n");
  private static final List<String> CATALOGUES = List.of("tool.txt", "api.txt");

  private final TreeMap<String, Explanation> byCode = new TreeMap<>();

  /** The whole catalogue. */
  public static Explanations all() {
    var explanations = new Explanations();
    CATALOGUES.forEach(name -> explanations.read(resource(name)));
    return explanations;
  }

  /** The explanation of a code. */
  public Optional<Explanation> find(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  /** Every code, in order. */
  public Collection<String> codes() {
    return byCode.keySet();
  }

  /** Every explanation, by code. */
  public List<Explanation> list() {
    return List.copyOf(byCode.values());
  }

  private void read(String catalogue) {
    BLOCKS
        .splitAsStream(catalogue.strip())
        .filter(block -> !block.startsWith("#"))
        .map(block -> parse(block.lines().toList()))
        .forEach(this::add);
  }

  private void add(Explanation explanation) {
    if (byCode.put(explanation.code(), explanation) != null) {
      throw new IllegalStateException(explanation.code() + " is explained twice");
    }
  }

  private static Explanation parse(List<String> lines) {
    String[] head = lines.getFirst().split(" ", 2);
    Map<String, String> parts = new TreeMap<>();
    String part = "";
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(": ");
      if (!line.startsWith(" ") && colon > 0) {
        part = line.substring(0, colon);
        parts.put(part, line.substring(colon + 2).strip());
      } else {
        parts.merge(part, " " + line.strip(), String::concat);
      }
    }
    return new Explanation(
        head[0],
        head.length > 1 ? head[1] : "",
        part(parts, "cause", head[0]),
        part(parts, "consequence", head[0]),
        part(parts, "fix", head[0]));
  }

  private static String part(Map<String, String> parts, String name, String code) {
    String text = parts.get(name);
    if (text == null) {
      throw new IllegalStateException(code + " does not say its " + name);
    }
    return text;
  }

  private static String resource(String name) {
    try (InputStream text = Explanations.class.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
