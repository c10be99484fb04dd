package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.postgres.Encryption;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The native image's metadata and the class path agree: after a library changes, what is gone or
 * new is found here, before a build of many minutes.
 */
class ReachabilityMetadataTest {
  private static final Path METADATA =
      Path.of("src/main/resources/META-INF/native-image/dev.nanoctl/nanoctl-cli");
  private static final ClassLoader LOADER = ReachabilityMetadataTest.class.getClassLoader();
  private static final Map<String, Class<?>> PRIMITIVES =
      Stream.of(int.class, long.class, boolean.class, byte.class, double.class, float.class)
          .collect(java.util.stream.Collectors.toMap(Class::getName, type -> type));
  private static final Pattern DESCRIPTOR = Pattern.compile("\"descriptor\":\"([^\"]+)\"");

  @Test
  void everyTypeAndMemberExists() throws IOException {
    var missing = new ArrayList<String>();
    for (JsonObject entry : entries()) {
      name(entry).ifPresent(name -> missing.addAll(missing(name, entry)));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyServiceThatHelidonFindsByNameIsRegistered() throws IOException {
    var registered = new TreeSet<String>();
    entries().forEach(entry -> name(entry).ifPresent(registered::add));
    Set<String> services = helidonServices();
    assertThat(services).hasSizeGreaterThan(10);
    assertThat(registered).containsAll(services);
  }

  /** The XML mapper under the S3 client makes its own parts by name of their class. */
  @Test
  void everyPartThatTheXmlMapperMakesByNameIsRegistered() throws Exception {
    var registered = new TreeSet<String>();
    entries().forEach(entry -> name(entry).ifPresent(registered::add));
    Class<?> mapper = LOADER.loadClass("org.simpleframework.xml.Element");
    Path jar = Path.of(mapper.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (var files = FileSystems.newFileSystem(jar);
        Stream<Path> core = Files.list(files.getPath("/org/simpleframework/xml/core"))) {
      assertThat(
              core.map(file -> file.getFileName().toString())
                  .filter(name ->
                      name.matches(
                          "(Cache|Element|Attribute|Text)\\w*(Label|Parameter).class"
                              + "|ExtractorFactory.Element\\w*Extractor.class"))
                  .map(name -> "org.simpleframework.xml.core." + name.replace(".class", "")))
          .hasSizeGreaterThan(15)
          .isSubsetOf(registered);
    }
  }

  /** The driver makes it by the name in the address of a database that is verified. */
  @Test
  void whatTrustsTheCertificateOfADatabaseIsRegistered() throws IOException {
    String parameters = new Encryption.Verified(Optional.empty()).parameters();
    String factory = parameters.replaceFirst(".*sslfactory=", "");
    assertThat(entries())
        .filteredOn(entry -> name(entry).equals(Optional.of(factory)))
        .singleElement()
        .satisfies(entry ->
            assertThat(Json.text(entry)).contains("<init>").contains("java.util.Properties"));
  }

  private static List<JsonObject> entries() throws IOException {
    try (Stream<Path> files = Files.walk(METADATA)) {
      var all = new ArrayList<JsonObject>();
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        JsonObject json = Json.parseObject(Files.readString(file));
        json.array("reflection").ifPresent(list -> list.objects().forEach(all::add));
      }
      assertThat(all).hasSizeGreaterThan(100);
      return all;
    }
  }

  /** The type of an entry; those of proxies have no name. */
  private static Optional<String> name(JsonObject entry) {
    return entry.get("type").orElseThrow() instanceof JsonValue.Text(var name)
        ? Optional.of(name)
        : Optional.empty();
  }

  private static List<String> missing(String name, JsonObject entry) {
    try {
      Class<?> type = type(name);
      var missing = new ArrayList<String>();
      entry
          .array("fields")
          .ifPresent(fields ->
              fields
                  .objects()
                  .forEach(field -> {
                    if (!hasField(type, field.text("name").orElseThrow())) {
                      missing.add(name + " has no field " + field);
                    }
                  }));
      entry
          .array("methods")
          .ifPresent(methods ->
              methods
                  .objects()
                  .forEach(method -> {
                    if (!hasMethod(type, method)) {
                      missing.add(name + " has no method " + method);
                    }
                  }));
      return missing;
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      return List.of(name + " is not on the class path");
    }
  }

  private static boolean hasField(Class<?> type, String name) {
    return Stream.of(type.getDeclaredFields()).anyMatch(field -> field.getName().equals(name));
  }

  private static boolean hasMethod(Class<?> type, JsonObject method) {
    try {
      List<String> names = method.array("parameterTypes").orElseThrow().texts();
      var parameters = new Class<?>[names.size()];
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] = type(names.get(i));
      }
      String name = method.text("name").orElseThrow();
      return name.equals("<init>")
          ? type.getDeclaredConstructor(parameters) != null
          : type.getDeclaredMethod(name, parameters) != null;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    if (name.endsWith("[]")) {
      return type(name.substring(0, name.length() - 2)).arrayType();
    }
    Class<?> primitive = PRIMITIVES.get(name);
    return primitive == null ? Class.forName(name, false, LOADER) : primitive;
  }

  private static Set<String> helidonServices() throws IOException {
    var services = new TreeSet<String>();
    for (URL manifest : Collections.list(LOADER.getResources("META-INF/helidon/manifest"))) {
      for (String line : text(manifest).lines().toList()) {
        if (line.endsWith("/service-registry.json")) {
          DESCRIPTOR
              .matcher(text(LOADER.getResource(line)))
              .results()
              .forEach(match -> services.add(match.group(1)));
        }
      }
    }
    return services;
  }

  private static String text(@org.jspecify.annotations.Nullable URL resource) throws IOException {
    if (resource == null) {
      throw new IOException("a resource of Helidon is missing");
    }
    try (InputStream in = resource.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
