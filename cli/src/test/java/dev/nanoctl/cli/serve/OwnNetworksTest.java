package dev.nanoctl.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.http.TrustedNetworks;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OwnNetworksTest {
  @Test
  void whoStandsBesideThisMachineIsBelievedAndNobodyElse() {
    TrustedNetworks own = TrustedNetworks.of(OwnNetworks.here());
    assertThat(own.contain(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
    // set aside for documentation: nobody is there
    assertThat(own.contain(InetAddress.ofLiteral("203.0.113.7"))).isFalse();
  }

  @Test
  void anAddressAndItsBitsNameTheNetwork() {
    String network = OwnNetworks.network(InetAddress.ofLiteral("172.18.0.5"), 16);
    TrustedNetworks one = TrustedNetworks.of(List.of(network));
    assertThat(one.contain(InetAddress.ofLiteral("172.18.9.9"))).isTrue();
    assertThat(one.contain(InetAddress.ofLiteral("172.19.0.5"))).isFalse();
  }
}
