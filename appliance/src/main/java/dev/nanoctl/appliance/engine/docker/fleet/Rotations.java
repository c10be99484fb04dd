package dev.nanoctl.appliance.engine.docker.fleet;

import dev.nanoctl.appliance.FreshSecrets;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.fleet.DatabaseRotation;
import dev.nanoctl.appliance.fleet.KeyRotation;
import dev.nanoctl.appliance.fleet.Rotation;
import dev.nanoctl.appliance.fleet.SuperuserRotation;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the services of an instance's containers take new secrets. */
public final class Rotations {
  private Rotations() {}

  /**
   * Every secret that can be rotated without a failed request, by its name.
   *
   * @param bundledStore whether packages are kept in the instance's own store; the keys of another
   *     are their owner's to change
   */
  public static Map<String, Rotation> of(
      Instance instance, DockerTool docker, DockerStack stack, boolean bundledStore) {
    var all = new LinkedHashMap<>(KeyRotation.all());
    all.put(SecretNames.REDIS_CACHE, new Redis(docker, stack, "redis-cache"));
    all.put(SecretNames.REDIS_STATE, new Redis(docker, stack, "redis-state"));
    all.put(SecretNames.POSTGRES, new SuperuserRotation(instance));
    all.put(
        SecretNames.DATABASE, new DatabaseRotation(instance, () -> restartPooler(docker, stack)));
    all.put(SecretNames.SEARCH_MASTER, new SearchRotation(instance.layout(), docker, stack));
    if (bundledStore) {
      var store = new StoreRotation(instance.layout(), docker, stack);
      SecretNames.S3.forEach(name -> all.put(name, store));
    }
    return all;
  }

  /** The pooler of an operator's own tools reads its password when it starts. */
  private static void restartPooler(DockerTool docker, DockerStack stack)
      throws InterruptedException {
    Optional<String> pooler = stack.find("pgbouncer");
    if (pooler.isPresent()) {
      docker.run("restart", pooler.get());
    }
  }

  /** A user of Redis may have several passwords; connections that are open stay open. */
  private record Redis(DockerTool docker, DockerStack stack, String service) implements Rotation {
    @Override
    public Secret make(Secret current) {
      return FreshSecrets.random();
    }

    @Override
    public void acceptBoth(Secret current, Secret next) throws InterruptedException {
      tell(current, "ACL SETUSER default #" + sha256(next));
    }

    @Override
    public void acceptOne(Secret current, Secret old) throws InterruptedException {
      if (!sha256(current).equals(sha256(old))) {
        tell(current, "ACL SETUSER default !" + sha256(old));
      }
    }

    private void tell(Secret password, String command) throws InterruptedException {
      String said =
          docker.run(
              List.of("exec", "-i", stack.container(service), "redis-cli", "--no-auth-warning"),
              "AUTH default " + password.value() + "\n" + command + "\n");
      if (said.lines().filter(line -> line.strip().equals("OK")).count() != 2) {
        throw new Problem.Unavailable(
                "NC-SECRET-REFUSED",
                "%s did not take the new password: %s".formatted(service, said),
                "nanoctl logs %s; then nanoctl resume".formatted(service))
            .raise();
      }
    }

    private static String sha256(Secret secret) {
      try {
        return HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(secret.value().getBytes(StandardCharsets.UTF_8)));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
