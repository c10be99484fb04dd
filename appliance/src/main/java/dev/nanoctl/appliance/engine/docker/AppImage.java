package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.fleet.Releases;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The image of the application, made from this very program. Its tag names the version and what it
 * holds, so that an unchanged program makes nothing.
 */
public final class AppImage {
  /** The name of every such image. */
  public static final String NAME = "nanoctl/app";

  private static final String USED = "app-images";

  private final DockerApi api;
  private final String version;
  private final AppProgram program;
  private final String base;

  /**
   * Images made through that engine.
   *
   * @param version of this program
   * @param base the image they are built on
   */
  public AppImage(DockerApi api, String version, AppProgram program, String base) {
    this.api = api;
    this.version = version;
    this.program = program;
    this.base = base;
  }

  /** The image that is current for a site: of the last upgrade, else of the installation. */
  public static Optional<String> noted(Layout layout) {
    Optional<String> upgraded = Releases.find(layout).map(releases -> releases.now().image());
    if (upgraded.isPresent()) {
      return upgraded;
    }
    try {
      Path note = layout.state().resolve("app-image");
      return Files.exists(note)
          ? Optional.of(Files.readString(note).strip()).filter(name -> !name.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Every image that was ever made for a site or ran there, as far as is known. */
  static Set<String> used(Layout layout) throws IOException {
    var images = new TreeSet<String>();
    noted(layout).ifPresent(images::add);
    Releases.find(layout)
        .ifPresent(
            releases -> images.addAll(List.of(releases.now().image(), releases.before().image())));
    Path list = layout.state().resolve(USED);
    if (Files.exists(list)) {
      images.addAll(Files.readAllLines(list));
    }
    images.removeIf(image -> !image.startsWith(NAME + ":"));
    return images;
  }

  /** Keeps in mind that a site has that image, so that it goes with the site. */
  static void remember(Layout layout, String image) throws IOException {
    Set<String> images = used(layout);
    images.add(image);
    DurableFile.write(
        layout.state().resolve(USED),
        (String.join("\n", images) + "\n").getBytes(StandardCharsets.UTF_8),
        "rw-------");
  }

  /** Notes which image is current for a site. */
  public static void note(Layout layout, String image) throws IOException {
    remember(layout, image);
    DurableFile.write(
        layout.state().resolve("app-image"),
        (image + "\n").getBytes(StandardCharsets.UTF_8),
        "rw-------");
  }

  /** The name and tag of this program's image, made or not. */
  public String tag() throws IOException {
    String digest = new AppContext(program, base).digest();
    return NAME + ":" + version.replaceAll("[^A-Za-z0-9_.-]", "-") + "-" + digest.substring(0, 12);
  }

  /** Whether the engine has that image. */
  public boolean exists(String image) {
    return api.find("/images/" + image + "/json").isPresent();
  }

  /** Makes this program's image, unless it is there; its name and tag. */
  public String make() throws IOException, InterruptedException {
    String tag = tag();
    if (!exists(tag)) {
      requireBase();
      try (AppContext.Open context = new AppContext(program, base).open()) {
        api.upload(
            "/build?rm=1&forcerm=1&t=" + DockerApi.encoded(tag),
            context.stream(),
            AppImage::requireSuccess);
      }
      if (!exists(tag)) {
        throw failed("the engine ended without a result").raise();
      }
    }
    return tag;
  }

  private void requireBase() {
    if (!exists(base)) {
      api.upload(
          "/images/create?fromImage=" + DockerApi.encoded(base),
          InputStream.nullInputStream(),
          AppImage::requireSuccess);
    }
  }

  /** Reads what the engine says while it builds; its errors come as lines like the others. */
  private static String requireSuccess(InputStream stream) throws IOException {
    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        JsonObject said = Json.parseObject(line);
        Optional<String> error = said.text("error");
        if (error.isPresent()) {
          throw failed(error.get()).raise();
        }
      }
    }
    return "";
  }

  private static Problem failed(String why) {
    return new Problem.Unavailable(
        "NC-IMAGE-BUILD",
        "the application's image cannot be made: " + why.strip(),
        "nanoctl doctor looks at the engine and its disk");
  }
}
