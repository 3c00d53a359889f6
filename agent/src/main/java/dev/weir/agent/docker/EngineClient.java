package dev.weir.agent.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.ListContainersCmd;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ContainerHostConfig;
import com.github.dockerjava.api.model.ContainerNetworkSettings;
import com.github.dockerjava.api.model.ContainerPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// docker-java's client over our transport, with answers in the terms of this package: what an
/// Engine leaves out is empty here.
///
/// Throws what docker-java throws. Thread-safe.
final class EngineClient {
  private final DockerClient client;

  EngineClient(DockerHttpClient transport) {
    // The address is the transport's business; docker-java only wants to have one.
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost("unix:///var/run/docker.sock")
            .withDockerTlsVerify(false)
            .build();
    this.client = DockerClientImpl.getInstance(config, transport);
  }

  String rootDirectory() {
    return text(client.infoCmd().exec().getDockerRootDir());
  }

  List<Container> containers(boolean all, Map<String, List<String>> filters) {
    List<Container> containers = new ArrayList<>();
    try (ListContainersCmd list = client.listContainersCmd().withShowAll(all)) {
      filters.forEach(list::withFilter);
      list.exec().forEach(container -> containers.add(container(container)));
    }
    return containers;
  }

  private static Container container(com.github.dockerjava.api.model.Container container) {
    ContainerHostConfig host = container.getHostConfig();
    return new Container(
        text(container.getId()),
        name(container.getNames()),
        text(container.getImage()),
        text(container.getState()),
        texts(container.getLabels()),
        host == null ? "" : text(host.getNetworkMode()),
        attachments(container.getNetworkSettings()),
        ports(container.getPorts()));
  }

  /// The container's own name: links add others, with two slashes.
  private static String name(String @Nullable [] names) {
    String name = "";
    for (String candidate : names == null ? new String[0] : names) {
      if (candidate.lastIndexOf('/') == 0) {
        return candidate;
      }
      name = name.isEmpty() ? candidate : name;
    }
    return name;
  }

  private static Map<String, Container.Attachment> attachments(
      @Nullable ContainerNetworkSettings settings) {
    var attachments = new LinkedHashMap<String, Container.Attachment>();
    if (settings != null && settings.getNetworks() != null) {
      settings
          .getNetworks()
          .forEach((name, network) ->
              attachments.put(
                  name,
                  new Container.Attachment(
                      text(network.getNetworkID()), text(network.getIpAddress()))));
    }
    return attachments;
  }

  private static List<Container.Port> ports(ContainerPort @Nullable [] list) {
    List<Container.Port> ports = new ArrayList<>();
    for (ContainerPort port : list == null ? new ContainerPort[0] : list) {
      ports.add(
          new Container.Port(
              number(port.getPrivatePort()),
              number(port.getPublicPort()),
              text(port.getIp()),
              text(port.getType())));
    }
    return ports;
  }

  ContainerDetails container(String id) {
    InspectContainerResponse details;
    try (var inspect = client.inspectContainerCmd(id)) {
      details = inspect.exec();
    }
    ContainerConfig config = details.getConfig();
    HostConfig host = details.getHostConfig();
    InspectContainerResponse.ContainerState state = details.getState();
    LogConfig log = host == null ? null : host.getLogConfig();
    return new ContainerDetails(
        text(details.getId()),
        text(details.getName()),
        text(config.getImage()),
        texts(config.getLabels()),
        host == null ? "" : text(host.getNetworkMode()),
        Boolean.TRUE.equals(config.getTty()),
        driver(log),
        texts(log == null ? null : log.getConfig()),
        text(details.getLogPath()),
        Boolean.TRUE.equals(state.getRunning()),
        instant(text(state.getFinishedAt())));
  }

  /// The driver's name; empty for a plug-in's, which docker-java has no word for.
  private static String driver(@Nullable LogConfig log) {
    return log == null || log.getType() == null ? "" : log.getType().getType();
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  List<Network> networks() {
    List<Network> networks = new ArrayList<>();
    try (var list = client.listNetworksCmd()) {
      list.exec().forEach(network -> networks.add(network(network)));
    }
    return networks;
  }

  private static Network network(com.github.dockerjava.api.model.Network network) {
    return new Network(
        text(network.getId()),
        text(network.getName()),
        text(network.getScope()),
        Boolean.TRUE.equals(network.getInternal()),
        Boolean.TRUE.equals(network.getRawValues().get("Ingress")),
        texts(network.getLabels()));
  }

  private static int number(@Nullable Integer number) {
    return number == null ? 0 : number;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Map<String, String> texts(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
