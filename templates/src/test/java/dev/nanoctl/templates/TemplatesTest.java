package dev.nanoctl.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {
  private static final Map<String, Object> POSTGRES =
      Map.ofEntries(
          Map.entry("instance", "01990000-0000-7000-8000-0123456789ab"),
          Map.entry("port", 5433),
          Map.entry("socketDirectory", "../run"),
          Map.entry("maxConnections", 40),
          Map.entry("sharedBuffersMegabytes", 341),
          Map.entry("cacheMegabytes", 2048),
          Map.entry("workMegabytes", 8),
          Map.entry("maintenanceMegabytes", 128),
          Map.entry("walMegabytes", 1024),
          Map.entry("slotMegabytes", 2048),
          Map.entry(
              "settings", List.of(Map.of("name", "application_name", "value", "it''s <&> here"))));

  @Test
  void theDatabasesConfigurationIsAsWeKnowIt() throws Exception {
    assertThat(Templates.render("postgres/postgresql.conf", POSTGRES))
        .isEqualTo(golden("postgresql.conf"));
  }

  @Test
  void onlyPasswordsAndOnlyThisMachineMayReachTheDatabase() {
    String rules = Templates.render("postgres/pg_hba.conf", Map.of("instance", "i"));

    assertThat(rules.lines().filter(line -> !line.startsWith("#")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).endsWith("scram-sha-256"))
        .allSatisfy(line -> assertThat(line).matches("local .*|host .* 127\\.0\\.0\\.1/32 .*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"port", "instance", "settings", "walMegabytes"})
  void aMissingValueIsAnErrorThatNamesTemplateAndValue(String missing) {
    var values = new HashMap<>(POSTGRES);
    values.remove(missing);

    assertThatThrownBy(() -> Templates.render("postgres/postgresql.conf", values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("postgres/postgresql.conf")
        .hasMessageContaining(missing);
  }

  @Test
  void aMissingTemplateIsAnError() {
    assertThatThrownBy(() -> Templates.render("postgres/none", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("postgres/none");
  }

  private static String golden(String name) throws Exception {
    try (var in = TemplatesTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
