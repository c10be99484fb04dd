package dev.nanoctl.appliance.doctor;

import static dev.nanoctl.appliance.doctor.CheckResult.failed;
import static dev.nanoctl.appliance.doctor.CheckResult.ok;
import static dev.nanoctl.appliance.doctor.CheckResult.warning;

import dev.nanoctl.appliance.doctor.DockerFacts.Daemon;
import dev.nanoctl.appliance.doctor.DockerFacts.Net;
import dev.nanoctl.appliance.doctor.DockerFacts.Room;
import dev.nanoctl.appliance.doctor.DockerFacts.Versions;
import dev.nanoctl.core.site.ByteSize;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks of the Docker engine, for instances that run with it. */
final class DockerChecks {
  private static final int ENGINE = 26;
  private static final int COMPOSE = 2;
  private static final ByteSize DISK = ByteSize.megabytes(5 * 1024);
  private static final Pattern MAJOR = Pattern.compile("v?(\\d{1,6}).*");
  private static final Set<String> SLOW_STORAGE = Set.of("vfs", "devicemapper", "aufs");

  /** A good engine, which each fault spoils in one respect. */
  private static final DockerFacts GOOD =
      new DockerFacts(
          true,
          "",
          new Versions("28.5.2", "2.40.3"),
          new Daemon("2", "overlay2", List.of("json-file"), List.of("seccomp")),
          new Room(4L << 30, 2L << 30, 20L << 30),
          new Net(true, false, "", "", 1500, 1500));

  private DockerChecks() {}

  static List<Check> all() {
    return List.of(
        check(
            "docker-engine",
            DockerChecks::engine,
            new DockerFacts(
                false, "no such file", GOOD.versions(), GOOD.daemon(), GOOD.room(), GOOD.net())),
        check("docker-version", DockerChecks::version, with(new Versions("20.10.5", "2.40.3"))),
        check("docker-compose", DockerChecks::compose, with(new Versions("28.5.2", ""))),
        check(
            "docker-cgroups",
            DockerChecks::cgroups,
            with(new Daemon("1", "overlay2", List.of("json-file"), List.of()))),
        check(
            "docker-storage",
            DockerChecks::storage,
            with(new Daemon("2", "vfs", List.of("json-file"), List.of()))),
        check(
            "docker-logs",
            DockerChecks::logs,
            with(new Daemon("2", "overlay2", List.of("syslog"), List.of()))),
        check(
            "docker-rootless",
            DockerChecks::rootless,
            with(new Daemon("2", "overlay2", List.of("json-file"), List.of("rootless")))),
        check(
            "docker-selinux",
            DockerChecks::selinux,
            with(new Daemon("2", "overlay2", List.of("json-file"), List.of("selinux")))),
        check("docker-memory", DockerChecks::memory, with(new Room(1L << 30, 2L << 30, 20L << 30))),
        check("docker-disk", DockerChecks::disk, with(new Room(4L << 30, 2L << 30, 1L << 30))),
        check(
            "docker-forwarding",
            DockerChecks::forwarding,
            with(new Net(false, false, "", "", 1500, 1500))),
        check(
            "docker-forward-policy",
            DockerChecks::policy,
            with(new Net(true, true, "", "", 1500, 1500))),
        check(
            "docker-networks",
            DockerChecks::networks,
            with(new Net(true, false, "172.20.0.0/16 on eth1", "", 1500, 1500))),
        check(
            "docker-firewall",
            DockerChecks::firewall,
            with(new Net(true, false, "", "ufw", 1500, 1500))),
        check("docker-mtu", DockerChecks::mtu, with(new Net(true, false, "", "", 1500, 1400))));
  }

  private static DockerFacts with(Versions versions) {
    return new DockerFacts(true, "", versions, GOOD.daemon(), GOOD.room(), GOOD.net());
  }

  private static DockerFacts with(Daemon daemon) {
    return new DockerFacts(true, "", GOOD.versions(), daemon, GOOD.room(), GOOD.net());
  }

  private static DockerFacts with(Room room) {
    return new DockerFacts(true, "", GOOD.versions(), GOOD.daemon(), room, GOOD.net());
  }

  private static DockerFacts with(Net net) {
    return new DockerFacts(true, "", GOOD.versions(), GOOD.daemon(), GOOD.room(), net);
  }

  /** Every check is content where no engine is used; only the first one says that none answers. */
  private static Check check(
      String name, Function<DockerFacts, CheckResult> judge, DockerFacts fault) {
    return new Check(
        name,
        true,
        facts -> {
          Optional<DockerFacts> docker = facts.host().docker();
          if (docker.isEmpty()) {
            return ok(name, "docker is not used");
          }
          return docker.get().answers() || name.equals("docker-engine")
              ? judge.apply(docker.get())
              : ok(name, "cannot be told");
        },
        facts -> HostChecks.withDocker(facts, fault));
  }

  private static CheckResult engine(DockerFacts docker) {
    return docker.answers()
        ? ok("docker-engine", "it answers")
        : failed(
            "docker-engine",
            "NC-DOCKER-UNREACHABLE",
            docker.detail(),
            "start it: systemctl start docker; or name another: DOCKER_HOST=unix:///path");
  }

  private static CheckResult version(DockerFacts docker) {
    String version = docker.versions().engine();
    return major(version) >= ENGINE
        ? ok("docker-version", version)
        : failed(
            "docker-version",
            "NC-DOCKER-VERSION",
            "docker is " + version + ", which is older than " + ENGINE,
            "upgrade it: https://docs.docker.com/engine/install/");
  }

  private static CheckResult compose(DockerFacts docker) {
    String version = docker.versions().compose();
    return major(version) >= COMPOSE
        ? ok("docker-compose", version)
        : failed(
            "docker-compose",
            "NC-COMPOSE-VERSION",
            version.isEmpty() ? "docker compose is not installed" : "docker compose is " + version,
            "install version 2 or newer: apt-get install docker-compose-plugin");
  }

  private static int major(String version) {
    Matcher matcher = MAJOR.matcher(version);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static CheckResult cgroups(DockerFacts docker) {
    return docker.daemon().cgroups().equals("2")
        ? ok("docker-cgroups", "version 2")
        : warning(
            "docker-cgroups",
            "NC-DOCKER-CGROUPS",
            "the kernel counts with control groups version 1: limits of memory hold less exactly",
            "start the kernel with systemd.unified_cgroup_hierarchy=1");
  }

  private static CheckResult storage(DockerFacts docker) {
    String driver = docker.daemon().storage();
    return SLOW_STORAGE.contains(driver)
        ? warning(
            "docker-storage",
            "NC-DOCKER-STORAGE",
            "docker keeps images with %s, which is slow and copies every layer".formatted(driver),
            "let it use overlay2: remove storage-driver from /etc/docker/daemon.json")
        : ok("docker-storage", driver);
  }

  private static CheckResult logs(DockerFacts docker) {
    return docker.daemon().logs().contains("json-file")
        ? ok("docker-logs", "json-file")
        : failed(
            "docker-logs",
            "NC-DOCKER-LOGS",
            "docker cannot keep logs as json-file, which nanoctl logs reads",
            "use an engine with that driver; every usual one has it");
  }

  private static CheckResult rootless(DockerFacts docker) {
    return docker.daemon().security().contains("rootless")
        ? warning(
            "docker-rootless",
            "NC-DOCKER-ROOTLESS",
            "docker runs without root: ports below 1024 need a permission of their own",
            "sysctl net.ipv4.ip_unprivileged_port_start=80, or choose docker.http_port above 1023")
        : ok("docker-rootless", "docker runs as root");
  }

  private static CheckResult selinux(DockerFacts docker) {
    return docker.daemon().security().contains("selinux")
        ? warning(
            "docker-selinux",
            "NC-DOCKER-SELINUX",
            "SELinux may keep containers from reading the site's files",
            "chcon -Rt container_file_t SITE, or keep the site below /var/lib/containers")
        : ok("docker-selinux", "not enforced by docker");
  }

  private static CheckResult memory(DockerFacts docker) {
    Room room = docker.room();
    String limits = new ByteSize(room.limits()).toString();
    return room.limits() <= room.memory()
        ? ok("docker-memory", "containers may take " + limits)
        : warning(
            "docker-memory",
            "NC-DOCKER-MEMORY",
            "containers may take %s, and the machine has %s"
                .formatted(limits, new ByteSize(room.memory())),
            "choose a smaller docker.profile, or give the machine more memory");
  }

  private static CheckResult disk(DockerFacts docker) {
    long free = docker.room().disk();
    return free >= DISK.bytes()
        ? ok("docker-disk", new ByteSize(free) + " free")
        : failed(
            "docker-disk",
            "NC-DOCKER-DISK",
            "only %s are free where docker keeps images and volumes".formatted(new ByteSize(free)),
            "make room: docker system df shows what takes it");
  }

  private static CheckResult forwarding(DockerFacts docker) {
    return docker.net().forwards()
        ? ok("docker-forwarding", "on")
        : failed(
            "docker-forwarding",
            "NC-DOCKER-FORWARDING",
            "the kernel does not forward packets: containers reach nobody and nobody them",
            "sysctl -w net.ipv4.ip_forward=1, and keep it in /etc/sysctl.d/");
  }

  private static CheckResult policy(DockerFacts docker) {
    return docker.net().drops()
        ? warning(
            "docker-forward-policy",
            "NC-DOCKER-DROPS",
            "the firewall drops what is forwarded, and makes no exception for containers",
            "let docker keep its rules (no \"iptables\": false in /etc/docker/daemon.json), then:"
                + " systemctl restart docker")
        : ok("docker-forward-policy", "containers are let through");
  }

  private static CheckResult networks(DockerFacts docker) {
    return docker.net().clash().isEmpty()
        ? ok("docker-networks", "no clash")
        : warning(
            "docker-networks",
            "NC-DOCKER-NETWORKS",
            "the network %s lies in the range that docker takes its networks from"
                .formatted(docker.net().clash()),
            "give docker another range: default-address-pools in /etc/docker/daemon.json");
  }

  private static CheckResult firewall(DockerFacts docker) {
    return docker.net().firewall().isEmpty()
        ? ok("docker-firewall", "none in the way")
        : warning(
            "docker-firewall",
            "NC-DOCKER-FIREWALL",
            "%s is active: ports that docker publishes pass it by, whatever its rules say"
                .formatted(docker.net().firewall()),
            "keep server.bind on the address that should answer; rules belong into DOCKER-USER");
  }

  private static CheckResult mtu(DockerFacts docker) {
    Net net = docker.net();
    return net.bridgeMtu() <= net.uplinkMtu()
        ? ok("docker-mtu", Integer.toString(net.bridgeMtu()))
        : warning(
            "docker-mtu",
            "NC-DOCKER-MTU",
            "packets inside docker may have %d bytes, and only %d leave the machine"
                .formatted(net.bridgeMtu(), net.uplinkMtu()),
            "put \"mtu\": %d into /etc/docker/daemon.json, then: systemctl restart docker"
                .formatted(net.uplinkMtu()));
  }
}
