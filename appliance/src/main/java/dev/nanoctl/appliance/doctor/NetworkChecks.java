package dev.nanoctl.appliance.doctor;

import static dev.nanoctl.appliance.doctor.CheckResult.failed;
import static dev.nanoctl.appliance.doctor.CheckResult.ok;
import static dev.nanoctl.appliance.doctor.CheckResult.warning;

import dev.nanoctl.appliance.doctor.Facts.Domain;
import dev.nanoctl.appliance.doctor.Facts.Names;
import dev.nanoctl.appliance.doctor.Facts.Network;
import dev.nanoctl.appliance.doctor.Facts.Port;
import dev.nanoctl.appliance.doctor.Facts.Ports;
import dev.nanoctl.appliance.tls.ServedCertificate;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Checks of ports, addresses and names. */
final class NetworkChecks {
  private static final int HTTP = 80;
  private static final int POSTGRES = 5432;

  private NetworkChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "server-port",
            true,
            facts -> port("server-port", ports(facts).server(), "--port"),
            facts ->
                with(
                    facts,
                    new Ports(
                        taken(ports(facts).server()),
                        ports(facts).plain(),
                        ports(facts).postgres()))),
        new Check(
            "plain-port",
            true,
            facts ->
                ports(facts)
                    .plain()
                    .map(port -> port("plain-port", port, "server.http_port, or docker.http_port"))
                    .orElseGet(() -> ok("plain-port", "none is needed")),
            facts ->
                with(
                    facts,
                    new Ports(
                        ports(facts).server(),
                        Optional.of(taken(new Port(HTTP, Optional.empty()))),
                        ports(facts).postgres()))),
        new Check(
            "postgres-port",
            true,
            facts ->
                ports(facts)
                    .postgres()
                    .map(port -> port("postgres-port", port, "postgres.port"))
                    .orElseGet(() -> ok("postgres-port", "somebody else runs the database")),
            facts ->
                with(
                    facts,
                    new Ports(
                        ports(facts).server(),
                        ports(facts).plain(),
                        Optional.of(taken(new Port(POSTGRES, Optional.empty())))))),
        new Check(
            "bind-address",
            true,
            facts -> bind(facts.network()),
            facts -> with(facts, n -> n.withStrangeAddress("203.0.113.9"))),
        new Check(
            "localhost",
            true,
            facts -> localhost(facts.network().names().localhost()),
            facts -> with(facts, new Names("192.0.2.1", facts.network().names().domain()))),
        new Check(
            "domain",
            true,
            facts -> domain(facts.network().names().domain()),
            facts ->
                with(
                    facts,
                    new Names(
                        facts.network().names().localhost(),
                        Optional.of(new Domain("lernhof.example", List.of("192.0.2.1"), false))))));
  }

  private static Ports ports(Facts facts) {
    return facts.network().ports();
  }

  private static Facts with(Facts facts, Ports ports) {
    return with(facts, n -> n.with(ports));
  }

  private static Facts with(Facts facts, Names names) {
    return with(facts, n -> n.with(names));
  }

  private static Facts with(Facts facts, UnaryOperator<Network> change) {
    return new Facts(
        facts.hardware(),
        facts.storage(),
        change.apply(facts.network()),
        facts.host(),
        facts.clocks(),
        facts.site());
  }

  static Facts withDatabase(Facts facts, Facts.Database database) {
    return with(facts, n -> n.with(database));
  }

  static Facts withCertificate(Facts facts, ServedCertificate certificate) {
    return with(facts, n -> n.with(certificate));
  }

  private static Port taken(Port port) {
    return new Port(port.number(), Optional.of("nginx (pid 812)"));
  }

  private static CheckResult port(String check, Port port, String option) {
    return port.takenBy()
        .map(owner ->
            failed(
                check,
                "NC-PORT-IN-USE",
                "port %d is taken by %s".formatted(port.number(), owner),
                option.startsWith("--")
                    ? "stop it, or choose another: nanoctl install %s %d"
                        .formatted(option, port.number() + 1)
                    : "stop it, or choose another in nanoctl.yml: " + option))
        .orElseGet(() -> ok(check, "port %d is free or ours".formatted(port.number())));
  }

  private static CheckResult bind(Network network) {
    return network.bindHere()
        ? ok("bind-address", network.bind())
        : failed(
            "bind-address",
            "NC-BIND-ADDRESS",
            network.bind() + " is not an address of this machine",
            "use 127.0.0.1, or 0.0.0.0 for all addresses: --bind");
  }

  private static CheckResult localhost(String address) {
    return address.startsWith("127.") || address.equals("::1")
        ? ok("localhost", address)
        : failed(
            "localhost",
            "NC-LOCALHOST",
            "localhost resolves to %s".formatted(address),
            "put this line into /etc/hosts: 127.0.0.1 localhost");
  }

  /** No reason to refuse: names are often given an address last, and routers pass requests on. */
  private static CheckResult domain(Optional<Domain> configured) {
    if (configured.isEmpty()) {
      return ok("domain", "none is configured");
    }
    Domain domain = configured.get();
    String addresses = String.join(", ", domain.addresses());
    if (domain.here()) {
      return ok("domain", domain.name() + " is " + addresses);
    }
    return domain.addresses().isEmpty()
        ? warning(
            "domain",
            "NC-DNS-NONE",
            domain.name() + " has no address in DNS",
            "let the name point to this machine: an A record, and AAAA only if IPv6 works")
        : warning(
            "domain",
            "NC-DNS-ELSEWHERE",
            "%s is %s, which is no address of this machine".formatted(domain.name(), addresses),
            "let the name point here, unless a router or a proxy in front passes requests on");
  }
}
