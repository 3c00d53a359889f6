package dev.weir.agent.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {
  private static final Egress GUARD =
      new Egress(
          List.of(
              "169.254.0.0/16", "127.0.0.0/8", "10.1.2.3", "192.168.128.0/17", "::1", "fe80::/10"),
          List.of(),
          false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "127.0.0.1",
        "127.255.255.255",
        "10.1.2.3",
        "192.168.128.0",
        "192.168.255.255",
        "::1",
        "fe80::1",
        "febf::1",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::1"
      })
  void refusesAddressesInADeniedRange(String address) {
    assertThat(GUARD.refusal(InetAddress.ofLiteral(address)))
        .startsWith("destination denied: address ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.253.255.255",
        "169.255.0.0",
        "128.0.0.1",
        "10.1.2.4",
        "192.168.127.255",
        "::2",
        "fec0::1",
        "2001:db8::1",
        "64:ff9b::808:808"
      })
  void allowsOthers(String address) {
    assertThat(GUARD.refusal(InetAddress.ofLiteral(address))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "loki.example.com, true",
    "a.b.example.com, true",
    "LOKI.EXAMPLE.COM., true",
    "example.com, false",
    ".example.com, false",
    "example.com.evil.org, false",
    "logs-eu-1.vendor.net, true",
    "logs-.vendor.net, false",
    "exact.org, true",
    "inexact.org, false",
    "[2001:db8::1], true",
  })
  void matchesHostsToTheirPatterns(String host, boolean allowed) {
    var egress =
        new Egress(
            List.of(),
            List.of("*.Example.com", "logs-*.vendor.net", "exact.org", "2001:db8::1"),
            false);

    assertThat(egress.refusal(host, false) == null).isEqualTo(allowed);
  }

  @Test
  void refusesWhatIsNotEncryptedWhereThatIsRequired() {
    var egress = new Egress(List.of(), List.of(), true);

    assertThat(egress.refusal("any.host", false)).contains("only https");
    assertThat(egress.refusal("any.host", true)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "example.com/8", "::/129"})
  void refusesWhatIsNoRange(String text) {
    assertThatThrownBy(() -> new Egress(List.of(text), List.of(), false))
        .hasMessageContaining("is not a range of addresses");
  }

  @Test
  void readsARangeOfMappedAddressesAsOneOfIpv4() {
    var egress = new Egress(List.of("::ffff:10.0.0.0/104"), List.of(), false);

    assertThat(egress.refusal(InetAddress.ofLiteral("10.9.9.9"))).isNotNull();
    assertThat(egress.refusal(InetAddress.ofLiteral("11.0.0.1"))).isNull();
  }
}
