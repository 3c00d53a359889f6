package dev.weir.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {
  private final HostCheck loopback = new HostCheck(InetAddress.getLoopbackAddress());

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:12345", "127.0.0.1:12345", "[::1]:12345", "[::1]"})
  void answersItsOwnNamesOnTheLoopbackInterface(String host) {
    assertThat(loopback.allows(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:12345", "127.0.0.1.evil.example", ""})
  void refusesOtherNamesOnTheLoopbackInterface(String host) {
    assertThat(loopback.allows(host)).isFalse();
    assertThat(loopback.allows(null)).isFalse();
  }

  @Test
  void leavesOtherInterfacesToTheirOperator() throws UnknownHostException {
    var everywhere = new HostCheck(InetAddress.getByName("0.0.0.0"));

    assertThat(everywhere.allows("alloy:12345")).isTrue();
  }
}
