package dev.nanoctl.templates;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Renders the files an appliance is made of.
 *
 * <p>Templates mirror the rendered tree. Their delimiters are {@code <% %>}; nothing is escaped; a
 * value that is missing or null is an error, never an empty string.
 */
public final class Templates {
  private static final Mustache.Compiler COMPILER =
      Mustache.compiler().escapeHTML(false).strictSections(true).withDelims("<% %>");

  private Templates() {}

  /**
   * The template's text with its values filled in.
   *
   * @param name the path below this package, such as {@code postgres/postgresql.conf}
   * @throws IllegalArgumentException when there is no such template, or a value is missing
   */
  public static String render(String name, Map<String, ?> values) {
    try {
      return COMPILER.compile(source(name)).execute(values);
    } catch (MustacheException e) {
      throw new IllegalArgumentException("template " + name + ": " + e.getMessage(), e);
    }
  }

  private static String source(String name) {
    try (InputStream in = Templates.class.getResourceAsStream(name + ".tmpl")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no template " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
