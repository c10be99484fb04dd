package dev.nanoctl.appliance.engine.docker.project;

import dev.nanoctl.core.Closest;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.ByteSize;
import dev.nanoctl.core.site.FlatYaml;
import dev.nanoctl.core.site.SiteConfig.Profile;
import dev.nanoctl.templates.Templates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The programs of the stack, as data: bundled with nanoctl, and changed by an instance's own file.
 *
 * @param services by service, in the order they are listed
 */
public record Images(Map<String, Image> services) {
  private static final String BUNDLED = "compose/images.yml";
  private static final List<String> FIELDS =
      List.of("image", "digest", "licence", "minimal", "standard", "full");
  private static final Pattern DIGEST = Pattern.compile("(sha256:[0-9a-f]{64})?");
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([a-z0-9._/-]|:(?=\\d+/))*:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  /** Keeps its own copy. */
  public Images {
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
  }

  /** Those that this version of nanoctl was tested with. */
  public static Images bundled() {
    return read(BUNDLED, Templates.data(BUNDLED), new Images(Map.of()));
  }

  /**
   * The same with the values of a file: only those that it names change.
   *
   * @param source how messages name the file
   * @throws dev.nanoctl.core.ProblemException {@code NC-IMAGES-INVALID} with every mistake in it
   */
  public Images with(String source, String yaml) {
    return read(source, yaml, this);
  }

  /**
   * The program of a service.
   *
   * @throws IllegalArgumentException when there is no such service
   */
  public Image of(String service) {
    Image image = services.get(service);
    if (image == null) {
      throw new IllegalArgumentException("there is no service " + service);
    }
    return image;
  }

  /** How a profile is written in files: {@code minimal}. */
  static String word(Profile profile) {
    return profile.name().toLowerCase(Locale.ROOT);
  }

  /** The services that belong to a profile, in order. */
  public List<String> in(Profile profile) {
    return services.entrySet().stream()
        .filter(entry -> entry.getValue().memory().containsKey(profile))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Images read(String source, String yaml, Images base) {
    FlatYaml file = FlatYaml.read(yaml);
    var errors = new ArrayList<String>();
    file.errors().forEach(error -> errors.add(error.toString()));
    var fields = new LinkedHashMap<String, Map<String, String>>();
    file.values()
        .forEach((key, value) -> {
          String service = key.substring(0, Math.max(0, key.lastIndexOf('.')));
          String field = key.substring(key.lastIndexOf('.') + 1);
          refusal(base, service, field, value.text())
              .ifPresent(why -> errors.add("line " + value.line() + ", " + key + " " + why));
          fields.computeIfAbsent(service, _ -> new LinkedHashMap<>()).put(field, value.text());
        });
    if (!errors.isEmpty()) {
      throw new Problem.Configuration(
              "NC-IMAGES-INVALID",
              source + ": " + String.join("; ", errors),
              "mend the file, or remove it to use the images that belong to this version")
          .raise();
    }
    var services = new LinkedHashMap<>(base.services());
    fields.forEach(
        (service, values) -> services.put(service, image(values, base.services().get(service))));
    return new Images(services);
  }

  private static Optional<String> refusal(Images base, String service, String field, String value) {
    if (!base.services().isEmpty() && !base.services().containsKey(service)) {
      return Optional.of(
          "names no service"
              + Closest.to(service, base.services().keySet())
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("; there are " + String.join(", ", base.services().keySet())));
    }
    return switch (field) {
      case "image" ->
          service.equals("app") || NAME.matcher(value).matches()
              ? Optional.empty()
              : Optional.of("must be a name and a tag, such as nginx:1.30");
      case "digest" ->
          DIGEST.matcher(value).matches()
              ? Optional.empty()
              : Optional.of("must be sha256: and 64 hexadecimal digits, or empty");
      case "licence" -> Optional.empty();
      case "minimal", "standard", "full" ->
          ByteSize.parse(value)
                  .filter(size -> size.bytes() >= ByteSize.megabytes(6).bytes())
                  .isPresent()
              ? Optional.empty()
              : Optional.of("must be an amount of memory from 6 MB, such as 256 MB");
      default -> Optional.of("is not known; there are " + String.join(", ", FIELDS));
    };
  }

  private static Image image(Map<String, String> values, @Nullable Image base) {
    var memory = new LinkedHashMap<Profile, ByteSize>();
    if (base != null) {
      memory.putAll(base.memory());
    }
    for (Profile profile : Profile.values()) {
      Optional.ofNullable(values.get(Images.word(profile)))
          .flatMap(ByteSize::parse)
          .ifPresent(size -> memory.put(profile, size));
    }
    String name = values.getOrDefault("image", base == null ? "" : base.name());
    String pinned = base != null && base.name().equals(name) ? base.digest().orElse("") : "";
    String digest = values.getOrDefault("digest", pinned);
    return new Image(
        name,
        Optional.of(digest).filter(pin -> !pin.isEmpty()),
        Objects.requireNonNullElse(values.get("licence"), base == null ? "" : base.licence()),
        memory);
  }
}
