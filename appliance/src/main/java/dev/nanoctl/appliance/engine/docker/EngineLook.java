package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.doctor.DockerFacts;
import dev.nanoctl.appliance.doctor.DockerFacts.Daemon;
import dev.nanoctl.appliance.doctor.DockerFacts.Net;
import dev.nanoctl.appliance.doctor.DockerFacts.Room;
import dev.nanoctl.appliance.doctor.DockerFacts.Versions;
import dev.nanoctl.appliance.engine.docker.fleet.DockerTool;
import dev.nanoctl.appliance.engine.docker.project.Images;
import dev.nanoctl.appliance.machine.Disk;
import dev.nanoctl.appliance.machine.Memory;
import dev.nanoctl.appliance.process.Commands;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.ByteSize;
import dev.nanoctl.core.site.SiteConfig;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at a Docker engine and what is around it. Changes nothing. */
final class EngineLook {
  private static final int USUAL_MTU = 1500;
  private static final Pattern NAME = Pattern.compile("name=([a-z0-9]+).*");

  private final DockerApi api;
  private final SiteConfig config;
  private final Layout layout;

  EngineLook(DockerApi api, SiteConfig config, Layout layout) {
    this.api = api;
    this.config = config;
    this.layout = layout;
  }

  DockerFacts facts() {
    try {
      JsonObject info = (JsonObject) api.get("/info");
      return new DockerFacts(
          true,
          "",
          new Versions(info.text("ServerVersion").orElse(""), compose()),
          daemon(info),
          room(info),
          net(info));
    } catch (ProblemException e) {
      return new DockerFacts(
          false,
          e.problem().message(),
          new Versions("", ""),
          new Daemon("", "", List.of(), List.of()),
          new Room(0, 0, 0),
          new Net(false, false, "", "", 0, 0));
    }
  }

  private static String compose() {
    Optional<Path> program = DockerTool.program(System.getenv());
    if (program.isEmpty()) {
      return "";
    }
    try {
      return Commands.run(List.of(program.get().toString(), "compose", "version", "--short"));
    } catch (ProblemException e) {
      return ""; // it is not installed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static Daemon daemon(JsonObject info) {
    return new Daemon(
        info.text("CgroupVersion").orElse(""),
        info.text("Driver").orElse(""),
        info.object("Plugins")
            .flatMap(plugins -> plugins.array("Log"))
            .map(JsonArray::texts)
            .orElse(List.of()),
        info.array("SecurityOptions").map(JsonArray::texts).orElse(List.of()).stream()
            .map(NAME::matcher)
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(1))
            .toList());
  }

  private Room room(JsonObject info) {
    Images images = DockerSite.images(layout);
    long limits =
        images.in(config.docker().profile()).stream()
            .mapToLong(service ->
                Optional.ofNullable(images.of(service).memory().get(config.docker().profile()))
                        .map(ByteSize::bytes)
                        .orElse(0L)
                    * (service.equals("app") ? config.docker().apps() : 1))
            .sum();
    Path root = Path.of(info.text("DockerRootDir").orElse("/var/lib/docker"));
    return new Room(Memory.read().total(), new ByteSize(limits).bytes(), Disk.near(root).free());
  }

  private static Net net(JsonObject info) {
    return new Net(
        info.bool("IPv4Forwarding").orElse(true),
        drops(rules()),
        clash(),
        firewall(),
        mtu("docker0"),
        uplink());
  }

  /**
   * Whether these rules, as {@code iptables -S FORWARD} shows them, drop by default and do not ask
   * docker's own chains first.
   */
  static boolean drops(String rules) {
    return rules.lines().anyMatch("-P FORWARD DROP"::equals)
        && rules.lines().noneMatch(rule -> rule.contains("-j DOCKER"));
  }

  /** The rules for what is forwarded; empty where this account may not see them. */
  private static String rules() {
    for (String folder : List.of("/usr/sbin", "/sbin", "/usr/bin")) {
      Path program = Path.of(folder, "iptables");
      if (Files.isExecutable(program)) {
        try {
          return Commands.run(List.of(program.toString(), "-S", "FORWARD"));
        } catch (ProblemException e) {
          return "";
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return "";
        }
      }
    }
    return "";
  }

  /** A network that is not the engine's own in the range it takes its networks from. */
  private static String clash() {
    try (Stream<NetworkInterface> all = NetworkInterface.networkInterfaces()) {
      return all.filter(i -> !i.getName().matches("(docker|br-|veth).*"))
          .flatMap(i ->
              i.getInterfaceAddresses().stream()
                  .filter(EngineLook::inDockersRange)
                  .map(a ->
                      "%s/%d on %s"
                          .formatted(
                              a.getAddress().getHostAddress(),
                              a.getNetworkPrefixLength(),
                              i.getName())))
          .findFirst()
          .orElse("");
    } catch (SocketException e) {
      return "";
    }
  }

  /** 172.17.0.0 to 172.31.255.255, where engines look first. */
  static boolean inDockersRange(InterfaceAddress address) {
    if (!(address.getAddress() instanceof Inet4Address ip)) {
      return false;
    }
    byte[] bytes = ip.getAddress();
    int second = Byte.toUnsignedInt(bytes[1]);
    return Byte.toUnsignedInt(bytes[0]) == 172 && second >= 17 && second <= 31;
  }

  private static String firewall() {
    if (Files.exists(Path.of("/run/firewalld"))) {
      return "firewalld";
    }
    try {
      Path ufw = Path.of("/etc/ufw/ufw.conf");
      return Files.isReadable(ufw) && Files.readString(ufw).contains("ENABLED=yes") ? "ufw" : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static int uplink() {
    try (Stream<String> routes = Files.lines(Path.of("/proc/net/route"))) {
      return routes
          .map(line -> line.split("\t"))
          .filter(fields -> fields.length > 2 && fields[1].equals("00000000"))
          .map(fields -> mtu(fields[0]))
          .findFirst()
          .orElse(USUAL_MTU);
    } catch (IOException e) {
      return USUAL_MTU;
    }
  }

  private static int mtu(String device) {
    try {
      return Integer.parseInt(Files.readString(Path.of("/sys/class/net", device, "mtu")).strip());
    } catch (IOException e) {
      return 0; // there is no such device
    }
  }
}
