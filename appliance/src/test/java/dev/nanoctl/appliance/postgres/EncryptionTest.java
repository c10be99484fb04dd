package dev.nanoctl.appliance.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.Secret;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EncryptionTest {
  @Test
  void anAddressSaysHowTheConnectionIsProtected() {
    assertThat(address("127.0.0.1", new Encryption.Off()).jdbcUrl())
        .isEqualTo("jdbc:postgresql://127.0.0.1:5433/lernhof?sslmode=disable");
    assertThat(
            address("::1", new Encryption.Verified(Optional.of(Path.of("/a b&c.pem")))).jdbcUrl())
        .isEqualTo(
            "jdbc:postgresql://[::1]:5433/lernhof?sslmode=verify-full&sslrootcert=%2Fa+b%26c.pem");
    assertThat(address("db.example", new Encryption.Verified(Optional.empty())).jdbcUrl())
        .isEqualTo(
            "jdbc:postgresql://db.example:5433/lernhof"
                + "?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
  }

  @Test
  void anotherDatabaseOrPasswordIsReachedInTheSameWay() {
    var verified = new Encryption.Verified(Optional.empty());
    DatabaseAddress address = address("db.example", verified);
    assertThat(address.in("other").encryption()).isEqualTo(verified);
    assertThat(address.with(new Secret("x")).encryption()).isEqualTo(verified);
    assertThat(address.at("b.example", 1).encryption()).isEqualTo(verified);
  }

  private static DatabaseAddress address(String host, Encryption encryption) {
    return new DatabaseAddress(host, 5433, "lernhof", "nano", new Secret("s"), encryption);
  }
}
