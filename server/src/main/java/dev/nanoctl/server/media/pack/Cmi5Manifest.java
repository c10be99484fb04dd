package dev.nanoctl.server.media.pack;

import dev.nanoctl.server.media.pack.XmlManifest.Element;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** cmi5: what cmi5.xml says. */
final class Cmi5Manifest {
  static final String MANIFEST = "cmi5.xml";

  private Cmi5Manifest() {}

  static Content check(OpenPackage pack) throws IOException, PackageFlaw {
    Optional<Element> root = XmlManifest.read(pack, MANIFEST);
    if (root.isEmpty()) {
      return new Content(PackageKind.CMI5, null, PackageMetadata.NONE);
    }
    Element structure = root.get();
    if (!structure.name().equals("courseStructure")) {
      pack.error(Rule.MANIFEST_FIELD, MANIFEST, "the root element is not courseStructure");
    }
    Optional<Element> course = structure.at("course");
    if (course.flatMap(c -> c.attribute("id")).isEmpty()) {
      pack.error(Rule.MANIFEST_FIELD, MANIFEST, "course id is missing");
    }
    Optional<Element> title = course.flatMap(c -> c.at("title", "langstring"));
    PackageMetadata metadata =
        new PackageMetadata(
            title.map(t -> Texts.line(t.text(), 200)).orElse(null),
            title.flatMap(t -> t.attribute("lang")).flatMap(Texts::languageTag).orElse(null),
            null,
            List.of(),
            course
                .flatMap(c -> c.at("description", "langstring"))
                .map(d -> Texts.line(d.text(), 1000))
                .orElse(null),
            null);
    return new Content(PackageKind.CMI5, launch(pack, structure), metadata);
  }

  private static @Nullable String launch(OpenPackage pack, Element structure) {
    List<Element> units = structure.descendants("au").toList();
    if (units.isEmpty()) {
      pack.error(Rule.MANIFEST_FIELD, MANIFEST, "there is no assignable unit (au)");
    }
    String launch = null;
    for (Element unit : units) {
      Optional<String> url = unit.at("url").map(Element::text).filter(text -> !text.isEmpty());
      if (url.isEmpty()) {
        pack.error(Rule.MANIFEST_FIELD, MANIFEST, "an assignable unit has no url");
      } else if (!References.isExternal(url.get())) {
        Optional<String> file = References.resolve(pack, "", url.get());
        if (file.isEmpty()) {
          pack.error(Rule.MISSING_FILE, MANIFEST, url.get());
        }
        launch = launch == null ? file.orElse(null) : launch;
      }
    }
    return launch;
  }
}
