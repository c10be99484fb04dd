package dev.nanoctl.core.site;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the text of a configuration value becomes a value.
 *
 * @param allowed what may be written, for the message that refuses something else
 * @param parser answers empty for what is not allowed
 */
public record ConfigType<T>(String allowed, Function<String, Optional<T>> parser) {
  private static final Pattern HOST =
      Pattern.compile(
          "(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9a-fA-F:]{2,39}");
  private static final Pattern EMAIL =
      Pattern.compile(
          "(?=.{3,254}$)[^\\s@<>\"(),:;\\[\\]\\\\\\p{Cntrl}]+@[^\\s@.\\p{Cntrl}]+(\\.[^\\s@.\\p{Cntrl}]+)+");

  Optional<T> parse(String text) {
    return parser.apply(text);
  }

  /** Nothing, or a value of this type. */
  ConfigType<Optional<T>> orNothing() {
    return new ConfigType<>(
        allowed,
        text ->
            text.isEmpty()
                ? Optional.of(Optional.empty())
                : parse(text).stream().map(Optional::of).findFirst());
  }

  /** {@code auto}, which leaves the choice to nanoctl, or a value of this type. */
  ConfigType<Optional<T>> orAuto() {
    return new ConfigType<>(
        "auto, or " + allowed,
        text ->
            text.equals("auto")
                ? Optional.of(Optional.empty())
                : parse(text).stream().map(Optional::of).findFirst());
  }

  /** {@code off}, or a value of this type. */
  ConfigType<Optional<T>> orOff() {
    return new ConfigType<>(
        "off, or " + allowed,
        text ->
            text.equals("off")
                ? Optional.of(Optional.empty())
                : parse(text).stream().map(Optional::of).findFirst());
  }

  static ConfigType<String> matching(String pattern, String allowed) {
    Pattern compiled = Pattern.compile(pattern);
    return new ConfigType<>(
        allowed, text -> Optional.of(text).filter(t -> compiled.matcher(t).matches()));
  }

  static ConfigType<Integer> between(int least, int most) {
    return new ConfigType<>(
        "a whole number from " + least + " to " + most,
        text -> integer(text).stream().filter(n -> n >= least && n <= most).boxed().findFirst());
  }

  static ConfigType<Integer> port() {
    return new ConfigType<>("a port, 1 to 65535", between(1, 65535).parser());
  }

  static ConfigType<ByteSize> size(ByteSize least, ByteSize most) {
    return new ConfigType<>(
        "a size from " + least + " to " + most + ", such as \"" + least + "\"",
        text ->
            ByteSize.parse(text)
                .filter(size -> size.compareTo(least) >= 0 && size.compareTo(most) <= 0));
  }

  static ConfigType<Boolean> truth() {
    return new ConfigType<>(
        "true or false",
        text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  static <E extends Enum<E>> ConfigType<E> oneOf(E[] values) {
    return new ConfigType<>(
        Arrays.stream(values).map(ConfigType::written).collect(Collectors.joining(", ")),
        text -> Arrays.stream(values).filter(value -> written(value).equals(text)).findFirst());
  }

  /** How a choice is written in the file: {@code SELF_SIGNED} as {@code self-signed}. */
  static String written(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static ConfigType<String> address() {
    return new ConfigType<>(
        "an IP address of this machine, such as 127.0.0.1, 0.0.0.0 or ::1",
        text ->
            Optional.of(text).filter(t -> IPV4.matcher(t).matches() || IPV6.matcher(t).matches()));
  }

  static ConfigType<String> host() {
    return new ConfigType<>(
        "a host name in lower case, or an IP address, without scheme and port",
        text ->
            Optional.of(text).filter(t -> HOST.matcher(t).matches() || IPV6.matcher(t).matches()));
  }

  static ConfigType<String> domain() {
    return new ConfigType<>(
        "a host name in lower case without scheme, port or path, such as lernhof.example",
        text -> Optional.of(text).filter(t -> HOST.matcher(t).matches()));
  }

  static ConfigType<String> email() {
    return new ConfigType<>(
        "an e-mail address, such as admin@lernhof.example",
        text -> Optional.of(text).filter(t -> EMAIL.matcher(t).matches()));
  }

  static ConfigType<URI> origin() {
    return new ConfigType<>(
        "http:// or https:// and a host, a port if need be, and nothing behind it",
        ConfigType::parseOrigin);
  }

  /** An address with a path, of that scheme only. */
  static ConfigType<URI> address(String scheme) {
    return new ConfigType<>(
        scheme + ":// with a host and a path, without query and user",
        text ->
            uri(text)
                .filter(uri -> scheme.equals(uri.getScheme()) && uri.getHost() != null)
                .filter(uri -> uri.getRawQuery() == null && uri.getRawUserInfo() == null)
                .filter(uri -> uri.getRawFragment() == null && uri.getPort() <= 65535));
  }

  static ConfigType<Path> path() {
    return new ConfigType<>(
        "a path; a relative one starts at the site's folder",
        text -> {
          try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
          } catch (InvalidPathException _) {
            return Optional.empty();
          }
        });
  }

  static ConfigType<String> socket() {
    return new ConfigType<>(
        "the absolute path of a socket, or host:port, such as 127.0.0.1:3310",
        text -> Optional.of(text).filter(t -> t.startsWith("/") ? isSocket(t) : isHostAndPort(t)));
  }

  private static boolean isSocket(String text) {
    // the kernel takes no longer path of a socket
    return text.length() > 1 && text.length() <= 107 && text.chars().noneMatch(c -> c < ' ');
  }

  private static boolean isHostAndPort(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || port().parse(text.substring(colon + 1)).isEmpty()) {
      return false;
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return bracketed
        ? IPV6.matcher(host.substring(1, host.length() - 1)).matches()
        : HOST.matcher(host).matches();
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static Optional<URI> parseOrigin(String text) {
    return uri(text)
        .filter(uri -> "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        .filter(ConfigType::isBare)
        .filter(uri -> uri.getHost() != null && uri.getPort() <= 65535);
  }

  private static boolean isBare(URI uri) {
    return uri.getRawPath() != null
        && uri.getRawPath().isEmpty()
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && uri.getRawUserInfo() == null;
  }

  private static OptionalInt integer(String text) {
    try {
      return text.startsWith("+") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
    } catch (NumberFormatException _) {
      return OptionalInt.empty();
    }
  }
}
