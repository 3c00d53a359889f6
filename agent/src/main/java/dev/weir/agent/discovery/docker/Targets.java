package dev.weir.agent.discovery.docker;

import dev.weir.agent.docker.Container;
import dev.weir.agent.docker.Container.Attachment;
import dev.weir.agent.docker.Container.Port;
import dev.weir.agent.docker.MetaLabels;
import dev.weir.agent.docker.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Makes targets of containers: one per network and TCP port, as Prometheus does.
final class Targets {
  private static final String PREFIX = MetaLabels.PREFIX;
  private static final String SHARED = "container:";
  private static final String HOST = "host";
  private static final Set<String> BUILT_IN = Set.of("", "default", "bridge", HOST, "none");

  private final Options options;
  private final Map<String, Map<String, String>> networkLabels = new HashMap<>();
  private final Map<String, Container> byId = new HashMap<>();

  /// What decides on addresses.
  ///
  /// @param port of containers that expose none
  /// @param hostNetworkingHost address of containers in the host's network
  /// @param firstNetworkOnly whether a container in several networks gives targets for one
  record Options(int port, String hostNetworkingHost, boolean firstNetworkOnly) {}

  /// @param all containers, among them those whose network others share
  Targets(Options options, List<Network> networks, List<Container> all) {
    this.options = options;
    networks.forEach(network -> networkLabels.put(network.id(), labelsOf(network)));
    all.forEach(container -> byId.put(container.id(), container));
  }

  private static Map<String, String> labelsOf(Network network) {
    var labels = new LinkedHashMap<String, String>();
    labels.put(PREFIX + "network_id", network.id());
    labels.put(PREFIX + "network_name", network.name());
    labels.put(PREFIX + "network_scope", network.scope());
    labels.put(PREFIX + "network_internal", Boolean.toString(network.internal()));
    labels.put(PREFIX + "network_ingress", Boolean.toString(network.ingress()));
    MetaLabels.putAll(labels, PREFIX + "network_label_", network.labels());
    return labels;
  }

  /// The targets of containers, in order.
  List<Map<String, String>> of(List<Container> containers) {
    List<Map<String, String>> targets = new ArrayList<>();
    for (Container container : containers) {
      if (!container.name().isEmpty()) {
        add(targets, container);
      }
    }
    return targets;
  }

  private void add(List<Map<String, String>> targets, Container container) {
    Map<String, String> common =
        MetaLabels.of(
            container.id(), container.name(), container.networkMode(), container.labels());
    for (Attachment attachment : attachments(container).values()) {
      Map<String, String> labels = new LinkedHashMap<>(common);
      labels.put(PREFIX + "network_ip", attachment.address());
      labels.putAll(networkLabels.getOrDefault(attachment.networkId(), Map.of()));
      addPorts(targets, container, attachment, labels);
    }
  }

  private void addPorts(
      List<Map<String, String>> targets,
      Container container,
      Attachment attachment,
      Map<String, String> labels) {
    int before = targets.size();
    for (Port port : container.ports()) {
      if (port.protocol().equals("tcp")) {
        targets.add(withPort(labels, attachment, port));
      }
    }
    if (targets.size() == before) {
      labels.put(
          "__address__",
          container.networkMode().equals(HOST)
              ? options.hostNetworkingHost()
              : address(attachment, options.port()));
      targets.add(labels);
    }
  }

  private static Map<String, String> withPort(
      Map<String, String> labels, Attachment attachment, Port port) {
    Map<String, String> target = new LinkedHashMap<>(labels);
    target.put(PREFIX + "port_private", Integer.toString(port.privatePort()));
    if (port.publicPort() > 0) {
      target.put(PREFIX + "port_public", Integer.toString(port.publicPort()));
      target.put(PREFIX + "port_public_ip", port.publicAddress());
    }
    target.put("__address__", address(attachment, port.privatePort()));
    return target;
  }

  private static String address(Attachment attachment, int port) {
    String ip = attachment.address();
    return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + port;
  }

  private Map<String, Attachment> attachments(Container container) {
    Map<String, Attachment> networks = new TreeMap<>(owner(container).networks());
    if (!options.firstNetworkOnly() || networks.size() < 2) {
      return networks;
    }
    String mode = container.networkMode();
    boolean named = !BUILT_IN.contains(mode) && networks.containsKey(mode);
    String first = named ? mode : networks.keySet().iterator().next();
    Attachment attachment = networks.get(first);
    return attachment == null ? Map.of() : Map.of(first, attachment);
  }

  /// The container whose networks this one uses; chains of them end after as many as there are.
  private Container owner(Container container) {
    Container owner = container;
    for (int i = 0; i < byId.size() && owner.networks().isEmpty(); i++) {
      String mode = owner.networkMode();
      Container next = mode.startsWith(SHARED) ? byId.get(mode.substring(SHARED.length())) : null;
      if (next == null) {
        return owner;
      }
      owner = next;
    }
    return owner;
  }
}
