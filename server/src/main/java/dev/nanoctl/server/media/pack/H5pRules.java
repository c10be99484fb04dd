package dev.nanoctl.server.media.pack;

import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonTypeException;
import dev.nanoctl.core.json.JsonValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules of H5P: what h5p.json, the content and every library in the package must be. */
final class H5pRules {
  static final String MANIFEST = "h5p.json";
  private static final String CONTENT = "content/content.json";
  private static final Pattern FOLDER =
      Pattern.compile("[\\w-]+(\\.[\\w-]+)*-[0-9]{1,4}\\.[0-9]{1,4}");
  private static final Pattern LIBRARY_NAME = Pattern.compile("[\\w-]+(\\.[\\w-]+){0,8}");
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}");

  private final OpenPackage pack;
  private final int coreMinor;

  /** Rules with the newest minor version of the H5P core 1.x whose libraries are accepted. */
  H5pRules(OpenPackage pack, int coreMinor) {
    this.pack = pack;
    this.coreMinor = coreMinor;
  }

  Content check() throws IOException, PackageFlaw {
    Optional<JsonObject> manifest = pack.jsonObject(MANIFEST);
    PackageMetadata metadata = PackageMetadata.NONE;
    if (manifest.isPresent()) {
      metadata = checking(MANIFEST, () -> checkManifest(manifest.get()), PackageMetadata.NONE);
    }
    if (pack.has(CONTENT)) {
      pack.json(CONTENT);
    } else {
      pack.error(Rule.MISSING_FILE, CONTENT, "");
    }
    for (String folder : folders()) {
      checkFolder(folder);
    }
    return new Content(PackageKind.H5P, null, metadata);
  }

  /** A check of JSON, which may turn out to be of another shape than expected. */
  private interface Check<T> {
    T run() throws IOException, PackageFlaw;
  }

  private <T> T checking(String entry, Check<T> check, T otherwise)
      throws IOException, PackageFlaw {
    try {
      return check.run();
    } catch (JsonTypeException e) {
      pack.error(Rule.MANIFEST_FIELD, entry, OpenPackage.describe(e));
      return otherwise;
    }
  }

  private PackageMetadata checkManifest(JsonObject manifest) {
    String title = required(MANIFEST, manifest, "title");
    required(MANIFEST, manifest, "language");
    String main = required(MANIFEST, manifest, "mainLibrary");
    if (main != null && !LIBRARY_NAME.matcher(main).matches()) {
      pack.error(Rule.MANIFEST_FIELD, MANIFEST, "mainLibrary is no name of a library");
    }
    if (manifest.array("embedTypes").isEmpty()) {
      missing(MANIFEST, "embedTypes");
    }
    Optional<JsonArray> dependencies = manifest.array("preloadedDependencies");
    if (dependencies.isEmpty()) {
      missing(MANIFEST, "preloadedDependencies");
    } else {
      checkDependencies(MANIFEST, dependencies.get());
      boolean named =
          dependencies
              .get()
              .objects()
              .anyMatch(d -> d.text("machineName").equals(Optional.ofNullable(main)));
      if (main != null && !named) {
        pack.error(Rule.H5P_LIBRARY, MANIFEST, "the main library " + main);
      }
    }
    return H5pMetadata.read(manifest, title);
  }

  private @Nullable String required(String entry, JsonObject object, String field) {
    Optional<String> value = object.text(field).filter(text -> !text.isBlank());
    if (value.isEmpty()) {
      missing(entry, field);
    }
    return value.orElse(null);
  }

  private void missing(String entry, String field) {
    pack.error(Rule.MANIFEST_FIELD, entry, field + " is missing");
  }

  private void checkDependencies(String entry, JsonArray dependencies) {
    dependencies
        .objects()
        .forEach(dependency -> {
          Optional<String> folder = folderOf(dependency);
          if (folder.isEmpty()) {
            missing(entry, "a library's name or version");
          } else if (!pack.has(folder.get() + "/library.json")) {
            pack.error(Rule.H5P_LIBRARY, entry, folder.get());
          }
        });
  }

  private static Optional<String> folderOf(JsonObject library) {
    Optional<String> name = library.text("machineName");
    Optional<String> major = number(library, "majorVersion");
    Optional<String> minor = number(library, "minorVersion");
    return name.isEmpty() || major.isEmpty() || minor.isEmpty()
        ? Optional.empty()
        : Optional.of(name.get() + "-" + major.get() + "." + minor.get());
  }

  /** Exporters write versions as numbers and as strings. */
  private static Optional<String> number(JsonObject object, String field) {
    return object
        .get(field)
        .flatMap(value ->
            switch (value) {
              case JsonValue.Text(String text) when text.matches("[0-9]{1,4}") -> Optional.of(text);
              case JsonValue.Numeric(BigDecimal n)
                  when n.scale() <= 0 && n.precision() - n.scale() <= 4 && n.signum() >= 0 ->
                  Optional.of(n.toPlainString());
              default -> Optional.empty();
            });
  }

  private SortedSet<String> folders() {
    return pack.files().stream()
        .filter(path -> path.indexOf('/') > 0)
        .map(path -> path.substring(0, path.indexOf('/')))
        .filter(folder -> !folder.equals("content") && !folder.startsWith("."))
        .filter(folder -> !folder.equals("__MACOSX"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void checkFolder(String folder) throws IOException, PackageFlaw {
    String entry = folder + "/library.json";
    if (!FOLDER.matcher(folder).matches()) {
      pack.error(Rule.H5P_FOLDER, folder + "/", "");
      return;
    }
    if (!pack.has(entry)) {
      pack.error(Rule.MISSING_FILE, entry, "");
      return;
    }
    Optional<JsonObject> library = pack.jsonObject(entry);
    if (library.isPresent()) {
      checking(
          entry,
          () -> {
            checkLibrary(folder, entry, library.get());
            return true;
          },
          false);
    }
    checkLanguages(folder);
  }

  private void checkLibrary(String folder, String entry, JsonObject library) {
    required(entry, library, "title");
    required(entry, library, "machineName");
    for (String field : List.of("majorVersion", "minorVersion", "patchVersion", "runnable")) {
      if (number(library, field).isEmpty()) {
        missing(entry, field);
      }
    }
    Optional<String> expected = folderOf(library);
    if (expected.isPresent() && !expected.get().equals(folder)) {
      pack.error(Rule.H5P_FOLDER, entry, expected.get() + " is in the folder " + folder);
    }
    library.object("coreApi").ifPresent(core -> checkCore(entry, core));
    for (String kind : List.of("preloadedJs", "preloadedCss")) {
      library.array(kind).ifPresent(files -> checkFiles(folder, entry, files));
    }
    library.array("preloadedDependencies").ifPresent(d -> checkDependencies(entry, d));
  }

  private void checkCore(String entry, JsonObject core) {
    int major = number(core, "majorVersion").map(Integer::parseInt).orElse(0);
    int minor = number(core, "minorVersion").map(Integer::parseInt).orElse(0);
    if (major > 1 || (major == 1 && minor > coreMinor)) {
      pack.error(
          Rule.H5P_CORE, entry, "needs " + major + "." + minor + ", supported is 1." + coreMinor);
    }
  }

  private void checkFiles(String folder, String entry, JsonArray files) {
    files
        .objects()
        .forEach(file -> {
          String path = file.text("path").orElse("");
          if (!pack.has(folder + "/" + path)) {
            pack.error(Rule.MISSING_FILE, entry, folder + "/" + path);
          }
        });
  }

  private void checkLanguages(String folder) throws IOException, PackageFlaw {
    String prefix = folder + "/language/";
    for (String path : pack.files()) {
      if (!path.startsWith(prefix)) {
        continue;
      }
      String file = path.substring(prefix.length());
      boolean code =
          file.endsWith(".json")
              && LANGUAGE.matcher(file.substring(0, file.length() - 5)).matches();
      if (!code && !file.startsWith(".")) {
        pack.error(Rule.H5P_LANGUAGE, path, "");
      } else if (code) {
        pack.json(path);
      }
    }
  }
}
