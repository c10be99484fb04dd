package dev.nanoctl.appliance.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineLookTest {
  @Test
  void aPolicyThatDropsIsInTheWayUnlessDockerIsAskedFirst() {
    assertThat(EngineLook.drops("-P FORWARD DROP\n-A FORWARD -i wg0 -j ACCEPT\n")).isTrue();
    assertThat(EngineLook.drops("-P FORWARD DROP\n-A FORWARD -j DOCKER-USER\n")).isFalse();
    assertThat(EngineLook.drops("-P FORWARD ACCEPT\n")).isFalse();
    assertThat(EngineLook.drops("")).isFalse();
  }
}
