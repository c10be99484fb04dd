package dev.nanoctl.appliance.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.appliance.Ports;
import dev.nanoctl.core.site.SiteConfig.Engine;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointsTest {
  @Test
  void containersReachServicesByName() {
    Endpoints inside = Endpoints.inside();
    assertThat(inside.postgres()).hasToString("postgres:5432");
    assertThat(inside.redisCache()).hasToString("redis-cache:6379");
    assertThat(inside.redisState()).hasToString("redis-state:6379");
    assertThat(inside.search()).isEqualTo(URI.create("http://search:7700"));
    assertThat(inside.objects()).isEqualTo(URI.create("http://objects:8333"));
  }

  @Test
  void theHostReachesThemAtThePortsThatAreNoted() {
    var ports =
        new Ports(
            Engine.DOCKER,
            Map.of("postgres", 1, "redis-cache", 2, "redis-state", 3, "search", 4, "objects", 5));
    Endpoints here = Endpoints.ofHost(ports);
    assertThat(here.postgres()).hasToString("127.0.0.1:1");
    assertThat(here.redisCache()).hasToString("127.0.0.1:2");
    assertThat(here.redisState()).hasToString("127.0.0.1:3");
    assertThat(here.search()).isEqualTo(URI.create("http://127.0.0.1:4"));
    assertThat(here.objects()).isEqualTo(URI.create("http://127.0.0.1:5"));
  }

  @Test
  void aServiceWithoutANotedPortIsAProblemAndNotPortZero() {
    assertThatThrownBy(() -> Endpoints.ofHost(Ports.embedded(5432)))
        .hasMessageContaining("redis-cache");
  }
}
