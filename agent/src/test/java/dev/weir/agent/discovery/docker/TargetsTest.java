package dev.weir.agent.discovery.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.docker.Container;
import dev.weir.agent.docker.Container.Attachment;
import dev.weir.agent.docker.Container.Port;
import dev.weir.agent.docker.Network;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final Network BRIDGE =
      new Network("n1", "bridge", "local", false, false, Map.of("a.b", "c"));
  private static final Network BACK = new Network("n2", "back", "swarm", true, true, Map.of());

  @Test
  void givesOneTargetPerTcpPort() {
    Container container =
        container("web", "bridge", Map.of("bridge", new Attachment("n1", "172.17.0.2")))
            .ports(
                new Port(80, 8080, "0.0.0.0", "tcp"),
                new Port(53, 0, "", "udp"),
                new Port(443, 0, "", "tcp"))
            .build();

    List<Map<String, String>> targets = targets(true, container);

    assertThat(targets).hasSize(2);
    assertThat(targets.getFirst())
        .containsOnly(
            Map.entry("__address__", "172.17.0.2:80"),
            Map.entry("__meta_docker_container_id", "id-web"),
            Map.entry("__meta_docker_container_name", "/web"),
            Map.entry("__meta_docker_container_network_mode", "bridge"),
            Map.entry("__meta_docker_container_label_com_docker_compose_service", "web"),
            Map.entry("__meta_docker_network_id", "n1"),
            Map.entry("__meta_docker_network_name", "bridge"),
            Map.entry("__meta_docker_network_scope", "local"),
            Map.entry("__meta_docker_network_ip", "172.17.0.2"),
            Map.entry("__meta_docker_network_internal", "false"),
            Map.entry("__meta_docker_network_ingress", "false"),
            Map.entry("__meta_docker_network_label_a_b", "c"),
            Map.entry("__meta_docker_port_private", "80"),
            Map.entry("__meta_docker_port_public", "8080"),
            Map.entry("__meta_docker_port_public_ip", "0.0.0.0"));
    assertThat(targets.get(1))
        .containsEntry("__address__", "172.17.0.2:443")
        .doesNotContainKey("__meta_docker_port_public");
  }

  @Test
  void usesThePortOfTheConfigurationWhereNoneIsExposed() {
    Container container =
        container("a", "bridge", Map.of("bridge", new Attachment("n1", "172.17.0.3"))).build();

    assertThat(targets(true, container))
        .extracting(target -> target.get("__address__"))
        .containsExactly("172.17.0.3:9000");
  }

  @Test
  void usesTheHostsAddressForItsNetwork() {
    Container container = container("a", "host", Map.of("host", new Attachment("n3", ""))).build();

    assertThat(targets(true, container))
        .extracting(target -> target.get("__address__"))
        .containsExactly("node");
  }

  @Test
  void givesTargetsForOneNetworkOrForAll() {
    Map<String, Attachment> two =
        Map.of(
            "bridge", new Attachment("n1", "172.17.0.4"), "back", new Attachment("n2", "10.0.0.4"));

    assertThat(targets(true, container("a", "bridge", two).build())).hasSize(1);
    assertThat(targets(true, container("a", "back", two).build()))
        .extracting(target -> target.get("__meta_docker_network_name"))
        .containsExactly("back");
    assertThat(targets(false, container("a", "bridge", two).build())).hasSize(2);
  }

  @Test
  void takesTheNetworksOfTheContainerThatSharesThem() {
    Container owner =
        container("owner", "bridge", Map.of("bridge", new Attachment("n1", "172.17.0.5"))).build();
    Container guest = container("guest", "container:id-owner", Map.of()).build();
    Container lost = container("lost", "container:id-lost", Map.of()).build();

    assertThat(targets(true, owner, guest, lost))
        .extracting(
            target -> target.get("__meta_docker_container_name") + target.get("__address__"))
        .containsExactly("/owner172.17.0.5:9000", "/guest172.17.0.5:9000");
  }

  private static List<Map<String, String>> targets(boolean first, Container... containers) {
    var options = new Targets.Options(9000, "node", first);
    List<Container> all = List.of(containers);
    return new Targets(options, List.of(BRIDGE, BACK), all).of(all);
  }

  private static Draft container(String name, String mode, Map<String, Attachment> networks) {
    return new Draft(name, mode, networks, List.of());
  }

  private record Draft(
      String name, String mode, Map<String, Attachment> networks, List<Port> ports) {
    Draft ports(Port... more) {
      return new Draft(name, mode, networks, List.of(more));
    }

    Container build() {
      return new Container(
          "id-" + name,
          "/" + name,
          "image",
          "running",
          Map.of("com.docker.compose.service", name),
          mode,
          networks,
          ports);
    }
  }
}
