package dev.nanoctl.cli.command;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteKeys;
import org.jspecify.annotations.Nullable;

/** E-mail addresses as they are typed on the command line. */
final class Emails {
  private Emails() {}

  /** Refuses what is no e-mail address. */
  static String require(@Nullable String typed) {
    String address = typed == null ? "" : typed.strip();
    var form = SiteKeys.named("site.contact").orElseThrow();
    if (address.isEmpty() || form.refuse(address).isPresent()) {
      throw new Problem.Usage(
              "NC-EMAIL-INVALID",
              "\"" + address + "\" is no e-mail address",
              "write it like admin@lernhof.example")
          .raise();
    }
    return address;
  }
}
