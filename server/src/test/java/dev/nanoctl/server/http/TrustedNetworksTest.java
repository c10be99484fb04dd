package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedNetworksTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "172.18.0.0/16, 172.18.255.3, true",
    "172.18.0.0/16, 172.19.0.1, false",
    "10.1.2.128/25, 10.1.2.129, true",
    "10.1.2.128/25, 10.1.2.127, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "10.0.0.0/8, ::1, false",
    "fd00:1::/32, fd00:1:2::7, true",
    "fd00:1::/32, fd00:2::7, false",
    "::1, ::1, true",
    "10.0.0.0/8, ::ffff:10.1.1.1, true",
  })
  void aPeerIsBelievedWhereItStands(String network, String peer, boolean believed) {
    var trusted = TrustedNetworks.of(List.of("192.0.2.1", network));
    assertThat(trusted.contain(InetAddress.ofLiteral(peer))).isEqualTo(believed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "proxy.example", "10.0.0.0/x", ""})
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> TrustedNetworks.of(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nobodyIsBelievedByDefault() {
    assertThat(TrustedNetworks.NONE.contain(InetAddress.getLoopbackAddress())).isFalse();
  }
}
