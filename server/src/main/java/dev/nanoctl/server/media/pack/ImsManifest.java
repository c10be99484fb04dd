package dev.nanoctl.server.media.pack;

import dev.nanoctl.server.media.pack.XmlManifest.Element;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** SCORM 1.2, SCORM 2004 and Common Cartridge: what imsmanifest.xml says. */
final class ImsManifest {
  static final String MANIFEST = "imsmanifest.xml";

  private ImsManifest() {}

  static Content check(OpenPackage pack) throws IOException, PackageFlaw {
    Optional<Element> root = XmlManifest.read(pack, MANIFEST);
    if (root.isEmpty()) {
      return new Content(PackageKind.SCORM12, null, PackageMetadata.NONE);
    }
    Element manifest = root.get();
    if (!manifest.name().equals("manifest")) {
      pack.error(Rule.MANIFEST_FIELD, MANIFEST, "the root element is not manifest");
    }
    PackageKind kind = kind(manifest);
    String launch = launch(pack, manifest, kind);
    return new Content(kind, launch, metadata(manifest));
  }

  private static PackageKind kind(Element manifest) {
    String schema = manifest.at("metadata", "schema").map(Element::text).orElse("");
    String version = manifest.at("metadata", "schemaversion").map(Element::text).orElse("");
    String all = (schema + " " + version).toLowerCase(Locale.ROOT);
    if (all.contains("common cartridge") || all.contains("thin cc")) {
      return PackageKind.IMSCC;
    }
    boolean newer = all.contains("2004") || all.contains("cam 1.3") || version.startsWith("1.3");
    return newer ? PackageKind.SCORM2004 : PackageKind.SCORM12;
  }

  private static @Nullable String launch(OpenPackage pack, Element manifest, PackageKind kind) {
    List<Element> resources =
        manifest.at("resources").map(r -> r.all("resource").toList()).orElse(List.of());
    if (resources.isEmpty()) {
      pack.error(Rule.MANIFEST_FIELD, MANIFEST, "resources are missing");
      return null;
    }
    checkFiles(pack, manifest, resources);
    Stream<String> wanted =
        organization(manifest).stream()
            .flatMap(organization -> organization.descendants("item"))
            .flatMap(item -> item.attribute("identifierref").stream());
    Optional<Element> first =
        wanted
            .flatMap(id ->
                resources.stream().filter(r -> r.attribute("identifier").equals(Optional.of(id))))
            .filter(resource -> resource.attribute("href").isPresent())
            .findFirst()
            .or(() -> resources.stream().filter(r -> r.attribute("href").isPresent()).findFirst());
    if (first.isEmpty()) {
      if (kind != PackageKind.IMSCC) {
        pack.error(Rule.MANIFEST_FIELD, MANIFEST, "no resource has an href");
      }
      return null;
    }
    String href = first.get().attribute("href").orElse("");
    return References.isExternal(href)
        ? null
        : References.resolve(pack, base(manifest, first.get()), href).orElse(null);
  }

  private static Optional<Element> organization(Element manifest) {
    Optional<Element> organizations = manifest.at("organizations");
    Optional<String> chosen = organizations.flatMap(o -> o.attribute("default"));
    return organizations.flatMap(o ->
        o.all("organization")
            .filter(one -> chosen.isEmpty() || one.attribute("identifier").equals(chosen))
            .findFirst()
            .or(() -> o.all("organization").findFirst()));
  }

  private static String base(Element manifest, Element resource) {
    return manifest.attribute("base").orElse("")
        + manifest.at("resources").flatMap(r -> r.attribute("base")).orElse("")
        + resource.attribute("base").orElse("");
  }

  private static void checkFiles(OpenPackage pack, Element manifest, List<Element> resources) {
    for (Element resource : resources) {
      String base = base(manifest, resource);
      Stream.concat(
              resource.attribute("href").stream(),
              resource.all("file").flatMap(file -> file.attribute("href").stream()))
          .distinct()
          .filter(href -> !References.isExternal(href))
          .filter(href -> References.resolve(pack, base, href).isEmpty())
          .forEach(href -> pack.error(Rule.MISSING_FILE, MANIFEST, base + href));
    }
  }

  private static PackageMetadata metadata(Element manifest) {
    Optional<Element> lom =
        manifest.at("metadata", "lom").or(() -> manifest.descendants("lom").findFirst());
    Optional<Element> general = lom.flatMap(l -> l.at("general"));
    String title =
        general
            .flatMap(g -> text(g, "title"))
            .or(() -> organization(manifest).flatMap(o -> text(o, "title")))
            .map(t -> Texts.line(t, 200))
            .orElse(null);
    String language =
        general
            .flatMap(g -> text(g, "language"))
            .flatMap(Texts::languageTag)
            .or(() -> titleLanguage(general))
            .orElse(null);
    String description =
        general.flatMap(g -> text(g, "description")).map(t -> Texts.line(t, 1000)).orElse(null);
    return new PackageMetadata(
        title, language, licence(lom), authors(lom), description, duration(lom));
  }

  private static Optional<String> titleLanguage(Optional<Element> general) {
    return general
        .flatMap(g -> g.at("title"))
        .flatMap(title ->
            title.children().stream()
                .flatMap(s ->
                    Stream.concat(s.attribute("language").stream(), s.attribute("lang").stream()))
                .findFirst())
        .flatMap(Texts::languageTag);
  }

  /** The text of a child; of several languages the first. */
  private static Optional<String> text(Element parent, String name) {
    Optional<Element> element = parent.at(name);
    Optional<Element> first =
        element.flatMap(e ->
            e.children().stream()
                .filter(c -> c.name().equals("string") || c.name().equals("langstring"))
                .findFirst());
    return first.or(() -> element).map(Element::text).filter(text -> !text.isEmpty());
  }

  private static @Nullable String licence(Optional<Element> lom) {
    return lom.flatMap(l -> l.at("rights"))
        .flatMap(rights -> text(rights, "description"))
        .flatMap(Licences::recognise)
        .orElse(null);
  }

  private static List<String> authors(Optional<Element> lom) {
    return lom.stream()
        .flatMap(l -> l.descendants("contribute"))
        .filter(c ->
            c.at("role").map(Element::text).orElse("").toLowerCase(Locale.ROOT).contains("author"))
        .flatMap(c -> Stream.concat(c.descendants("entity"), c.descendants("vcard")))
        .map(entity -> name(entity.content().toString()))
        .filter(Objects::nonNull)
        .distinct()
        .limit(20)
        .toList();
  }

  /** The formatted name of a vCard, or the text itself if it is none. */
  private static @Nullable String name(String card) {
    if (!card.toUpperCase(Locale.ROOT).contains("BEGIN:VCARD")) {
      String line = Texts.line(card, 200);
      return line.isEmpty() ? null : line;
    }
    return card.lines()
        .map(String::strip)
        .filter(line -> line.toUpperCase(Locale.ROOT).startsWith("FN"))
        .map(line -> Texts.line(line.substring(line.indexOf(':') + 1), 200))
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Integer duration(Optional<Element> lom) {
    return lom.flatMap(l ->
            l.at("educational", "typicallearningtime")
                .or(() -> l.at("educational", "typicalLearningTime")))
        .map(Element::text)
        .flatMap(Durations::minutes)
        .orElse(null);
  }
}
