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

  /**
   * A file that belongs to the templates and is used as it stands.
   *
   * @param name the path below this package, such as {@code compose/images.yml}
   * @throws IllegalArgumentException when there is no such file
   */
  public static String data(String name) {
    return read(name, name);
  }

  private static String source(String name) {
    return read(name + ".tmpl", "template " + name);
  }

  private static String read(String resource, String what) {
    try (InputStream in = Templates.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no " + what);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
