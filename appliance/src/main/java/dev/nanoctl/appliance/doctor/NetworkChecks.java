package dev.nanoctl.appliance.doctor;

import static dev.nanoctl.appliance.doctor.CheckResult.failed;
import static dev.nanoctl.appliance.doctor.CheckResult.ok;

import dev.nanoctl.appliance.doctor.Facts.Network;
import dev.nanoctl.appliance.doctor.Facts.Port;
import dev.nanoctl.appliance.tls.ServedCertificate;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Checks of ports, addresses and names. */
final class NetworkChecks {
  private NetworkChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "server-port",
            true,
            facts -> port("server-port", facts.network().server(), "--port"),
            facts ->
                with(
                    facts,
                    n ->
                        new Network(
                            taken(n.server()),
                            n.postgres(),
                            n.bind(),
                            true,
                            n.localhost(),
                            n.certificate()))),
        new Check(
            "postgres-port",
            true,
            facts -> port("postgres-port", facts.network().postgres(), "postgres.port"),
            facts ->
                with(
                    facts,
                    n ->
                        new Network(
                            n.server(),
                            taken(n.postgres()),
                            n.bind(),
                            true,
                            n.localhost(),
                            n.certificate()))),
        new Check(
            "bind-address",
            true,
            facts -> bind(facts.network()),
            facts ->
                with(
                    facts,
                    n ->
                        new Network(
                            n.server(),
                            n.postgres(),
                            "203.0.113.9",
                            false,
                            n.localhost(),
                            n.certificate()))),
        new Check(
            "localhost",
            true,
            facts -> localhost(facts.network()),
            facts ->
                with(
                    facts,
                    n ->
                        new Network(
                            n.server(),
                            n.postgres(),
                            n.bind(),
                            n.bindHere(),
                            "192.0.2.1",
                            n.certificate()))));
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

  static Facts withCertificate(Facts facts, ServedCertificate certificate) {
    return with(
        facts,
        n ->
            new Network(
                n.server(),
                n.postgres(),
                n.bind(),
                n.bindHere(),
                n.localhost(),
                Optional.of(certificate)));
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

  private static CheckResult localhost(Network network) {
    return network.localhost().startsWith("127.") || network.localhost().equals("::1")
        ? ok("localhost", network.localhost())
        : failed(
            "localhost",
            "NC-LOCALHOST",
            "localhost resolves to %s".formatted(network.localhost()),
            "put this line into /etc/hosts: 127.0.0.1 localhost");
  }
}
