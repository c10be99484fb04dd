package dev.nanoctl.appliance;

import dev.nanoctl.core.site.SiteFolder;
import java.nio.file.Path;

/** Where an instance keeps what, below its site folder. */
public record Layout(SiteFolder site) {
  /** The services, in the order they are started. */
  public static final java.util.List<String> SERVICES = java.util.List.of("postgres", "server");

  /** The file of {@link #images()}, in the site folder. */
  public static final String IMAGES = "images.yml";

  /** The site folder. */
  public Path root() {
    return site.root();
  }

  /** What nanoctl itself has to remember. */
  public Path state() {
    return root().resolve("state");
  }

  /** Who the instance is. */
  public Path instance() {
    return state().resolve("instance.json");
  }

  /** What operations did. */
  public Path journal() {
    return state().resolve("journal.jsonl");
  }

  /** Which images the site's own containers are made of; there only where somebody wrote it. */
  public Path images() {
    return root().resolve(IMAGES);
  }

  /** The lock of the operation that may change the instance. */
  public Path lock() {
    return state().resolve("operation.lock");
  }

  /** Who holds that lock. */
  public Path holder() {
    return state().resolve("operation.json");
  }

  /** The hashes of rendered files. */
  public Path rendered() {
    return state().resolve("rendered.json");
  }

  /** What was rendered, as it was, to compare with. */
  public Path renderedCopies() {
    return state().resolve("rendered");
  }

  /** How much was used when. */
  public Path usage() {
    return state().resolve("usage.jsonl");
  }

  /** What is remembered about backups. */
  public Path backup() {
    return state().resolve("backup");
  }

  /** Figures for a node exporter, which reads this folder under an account of its own. */
  public Path metrics() {
    return state().resolve("metrics");
  }

  /** The certificate that nanoctl makes. */
  public Path certificate() {
    return state().resolve("tls-certificate.pem");
  }

  /** The authority that signed it, for browsers to trust. */
  public Path authority() {
    return state().resolve("tls-authority.pem");
  }

  /** Certificates with their keys; what is served is named by the link {@code current}. */
  public Path pairs() {
    return secret("tls");
  }

  /** What is remembered about asking an authority for certificates. */
  public Path acme() {
    return state().resolve("acme.json");
  }

  /** What an authority that asks by HTTP is shown. */
  public Path challenges() {
    return state().resolve("acme-challenge");
  }

  /** One secret. */
  public Path secret(String name) {
    return site.secrets().resolve(name);
  }

  /** The one-time link of the first administrator, until it is used or expires. */
  public Path invitation() {
    return site.secrets().resolve("first-admin-link");
  }

  /** The cluster's home. */
  public Path postgres() {
    return root().resolve("postgres");
  }

  /** The log files. */
  public Path logs() {
    return root().resolve("logs");
  }

  /** The current log file of a service or of the agent. */
  public Path log(String service) {
    return logs().resolve(service + ".log");
  }

  /** What holds only while processes run. */
  public Path run() {
    return root().resolve("run");
  }

  /** Which process the agent is. */
  public Path agent() {
    return run().resolve("agent.json");
  }

  /** What the agent last saw. */
  public Path status() {
    return run().resolve("status.json");
  }

  /** Which process a service is, so that a new agent can adopt it. */
  public Path process(String service) {
    return run().resolve(service + ".json");
  }

  /** Present while the instance is stopped on purpose. */
  public Path stopped() {
    return run().resolve("stopped");
  }
}
