package dev.nanoctl.cli.command;

import dev.nanoctl.core.site.SiteKeys;
import java.util.Map;

/** The three questions of an installation, and the answers that hold where none are asked. */
final class InstallQuestions {
  private static final String HERE = "this machine only";

  private final Prompts prompts;

  InstallQuestions(Prompts prompts) {
    this.prompts = prompts;
  }

  /** Adds to what was chosen what was not. */
  void complete(Map<String, String> chosen, boolean askNothing) {
    boolean ask = prompts.possible() && !askNothing;
    if (ask && !chosen.containsKey("server.domain") && !chosen.containsKey("server.bind")) {
      String domain = answer("Which host name will people use?", "server.domain", HERE);
      if (!domain.equals(HERE)) {
        chosen.put("server.domain", domain);
        chosen.putIfAbsent("server.bind", "0.0.0.0");
      }
    }
    String domain = mailDomain(chosen.getOrDefault("server.domain", ""));
    if (ask && !chosen.containsKey("site.contact")) {
      chosen.put(
          "site.contact",
          answer("What is the administrator's e-mail address?", "site.contact", "admin@" + domain));
    }
    boolean docker = "docker".equals(chosen.get("site.engine"));
    if (ask && !docker && !chosen.containsKey("server.port")) {
      chosen.put("server.port", answer("Which port?", "server.port", port(chosen)));
    }
    chosen.putIfAbsent("site.contact", "admin@" + domain);
    if (!isLoopback(chosen.getOrDefault("server.bind", "127.0.0.1"))) {
      chosen.putIfAbsent("server.tls.mode", "self-signed");
    }
  }

  /** Where nobody chose a name that mail could go to, one that is reserved for private use. */
  private static String mailDomain(String domain) {
    return domain.contains(".") ? domain : "nanoctl.internal";
  }

  private static String port(Map<String, String> chosen) {
    return isLoopback(chosen.getOrDefault("server.bind", "127.0.0.1")) ? "8080" : "8443";
  }

  private static boolean isLoopback(String bind) {
    return bind.startsWith("127.") || bind.equals("::1");
  }

  /** Asks again until the answer is allowed. */
  private String answer(String question, String key, String proposal) {
    var known = SiteKeys.named(key).orElseThrow();
    while (true) {
      String answer = prompts.ask(question, proposal);
      if (answer.equals(proposal) || known.refuse(answer).isEmpty()) {
        return answer;
      }
      prompts.remark("  allowed: " + known.allowed());
    }
  }
}
