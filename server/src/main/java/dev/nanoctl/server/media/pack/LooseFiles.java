package dev.nanoctl.server.media.pack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Packages without a manifest: web pages, or documents that open by themselves. */
final class LooseFiles {
  private static final int LARGEST_PAGE = 2 << 20;
  private static final Set<String> PAGES = Set.of("html", "htm", "xhtml");

  /** What can be opened without a web page, the most telling first. */
  private static final List<Set<String>> DOCUMENTS =
      List.of(
          Set.of("pdf"),
          Set.of("mp4", "webm", "ogv", "m4v"),
          Set.of("mp3", "ogg", "oga", "m4a", "wav", "opus"),
          Set.of("png", "jpg", "jpeg", "gif", "webp", "svg", "avif"),
          Set.of("md", "txt", "csv"),
          Set.of("odt", "ods", "odp", "docx", "xlsx", "pptx", "epub", "rtf"));

  private LooseFiles() {}

  static Content check(OpenPackage pack) throws IOException, PackageFlaw {
    Optional<String> page = firstPage(pack);
    if (page.isPresent()) {
      return new Content(PackageKind.HTML, page.get(), metadata(pack, page.get()));
    }
    Optional<String> document = firstDocument(pack);
    if (document.isEmpty()) {
      pack.findings().add(Finding.error(Rule.NO_CONTENT, null, ""));
    }
    return new Content(PackageKind.PLAIN, document.orElse(null), PackageMetadata.NONE);
  }

  static boolean isPage(String path) {
    return PAGES.contains(ContentRules.extension(path)) && isContent(path);
  }

  /** What operating systems leave behind, and what describes the nano, is no content. */
  private static boolean isContent(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    return !path.startsWith("__MACOSX/")
        && !file.startsWith(".")
        && !file.equalsIgnoreCase("nano.json")
        && !file.toUpperCase(Locale.ROOT).startsWith("LICEN");
  }

  /** The shallowest page; among those an index page, then the first by name. */
  private static Optional<String> firstPage(OpenPackage pack) {
    return pack.files().stream()
        .filter(LooseFiles::isPage)
        .min(
            Comparator.comparingLong(LooseFiles::depth)
                .thenComparing(path -> !isIndex(path))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static long depth(String path) {
    return path.chars().filter(c -> c == '/').count();
  }

  private static boolean isIndex(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return file.startsWith("index.");
  }

  private static Optional<String> firstDocument(OpenPackage pack) {
    for (Set<String> kind : DOCUMENTS) {
      Optional<String> first =
          pack.files().stream()
              .filter(path -> kind.contains(ContentRules.extension(path)) && isContent(path))
              .min(
                  Comparator.comparingLong(LooseFiles::depth)
                      .thenComparing(Comparator.naturalOrder()));
      if (first.isPresent()) {
        return first;
      }
    }
    return Optional.empty();
  }

  /** A page of the package as a document; its encoding is found out from the page itself. */
  static Document page(OpenPackage pack, String path) throws IOException, PackageFlaw {
    byte[] bytes = pack.beginning(path, LARGEST_PAGE);
    return Jsoup.parse(new ByteArrayInputStream(bytes), null, "");
  }

  private static PackageMetadata metadata(OpenPackage pack, String path)
      throws IOException, PackageFlaw {
    Document page = page(pack, path);
    Element root = page.selectFirst("html");
    String language = root == null ? "" : root.attr("lang");
    return new PackageMetadata(
        line(page.title(), 200).or(() -> heading(page)).orElse(null),
        Texts.languageTag(language).orElse(null),
        licence(page).orElse(null),
        meta(page, "author").map(List::of).orElse(List.of()),
        meta(page, "description").orElse(null),
        null);
  }

  private static Optional<String> heading(Document page) {
    Element heading = page.selectFirst("h1");
    return heading == null ? Optional.empty() : line(heading.text(), 200);
  }

  private static Optional<String> licence(Document page) {
    Element link = page.selectFirst("[rel~=license][href]");
    return link == null ? Optional.empty() : Licences.recognise(link.attr("href"));
  }

  private static Optional<String> meta(Document page, String name) {
    Element meta = page.selectFirst("meta[name=" + name + "]");
    return meta == null ? Optional.empty() : line(meta.attr("content"), 1000);
  }

  private static Optional<String> line(String text, int most) {
    return Optional.of(Texts.line(text, most)).filter(line -> !line.isEmpty());
  }
}
