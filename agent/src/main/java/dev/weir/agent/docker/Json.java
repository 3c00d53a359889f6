package dev.weir.agent.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the answers of an Engine, of any version: what is missing or null is empty.
///
/// By hand, because binding to docker-java's model classes costs 16 MB of memory and a third of a
/// second of start for some twenty fields, measured with an ahead-of-time cache.
final class Json {
  private Json() {}

  static List<Container> containers(JsonNode list) {
    List<Container> containers = new ArrayList<>(list.size());
    list.forEach(node -> containers.add(container(node)));
    return containers;
  }

  private static Container container(JsonNode node) {
    return new Container(
        text(node, "Id"),
        name(node.path("Names")),
        text(node, "Image"),
        text(node, "State"),
        strings(node.path("Labels")),
        text(node.path("HostConfig"), "NetworkMode"),
        attachments(node.path("NetworkSettings").path("Networks")),
        ports(node.path("Ports")));
  }

  /// The container's own name: links add others, with two slashes.
  private static String name(JsonNode names) {
    String name = "";
    for (JsonNode candidate : names) {
      String text = candidate.asText("");
      if (text.lastIndexOf('/') == 0) {
        return text;
      }
      name = name.isEmpty() ? text : name;
    }
    return name;
  }

  private static Map<String, Container.Attachment> attachments(JsonNode networks) {
    var attachments = new LinkedHashMap<String, Container.Attachment>();
    for (Map.Entry<String, JsonNode> network : networks.properties()) {
      JsonNode node = network.getValue();
      attachments.put(
          network.getKey(),
          new Container.Attachment(text(node, "NetworkID"), text(node, "IPAddress")));
    }
    return attachments;
  }

  private static List<Container.Port> ports(JsonNode list) {
    List<Container.Port> ports = new ArrayList<>(list.size());
    for (JsonNode node : list) {
      ports.add(
          new Container.Port(
              node.path("PrivatePort").asInt(),
              node.path("PublicPort").asInt(),
              text(node, "IP"),
              text(node, "Type")));
    }
    return ports;
  }

  static ContainerDetails details(JsonNode node) {
    JsonNode config = node.path("Config");
    JsonNode state = node.path("State");
    JsonNode log = node.path("HostConfig").path("LogConfig");
    return new ContainerDetails(
        text(node, "Id"),
        text(node, "Name"),
        text(config, "Image"),
        strings(config.path("Labels")),
        text(node.path("HostConfig"), "NetworkMode"),
        config.path("Tty").asBoolean(),
        text(log, "Type"),
        strings(log.path("Config")),
        text(node, "LogPath"),
        state.path("Running").asBoolean(),
        instant(text(state, "FinishedAt")));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  static List<Network> networks(JsonNode list) {
    List<Network> networks = new ArrayList<>(list.size());
    for (JsonNode node : list) {
      networks.add(
          new Network(
              text(node, "Id"),
              text(node, "Name"),
              text(node, "Scope"),
              node.path("Internal").asBoolean(),
              node.path("Ingress").asBoolean(),
              strings(node.path("Labels"))));
    }
    return networks;
  }

  static EngineVersion version(JsonNode node) {
    return new EngineVersion(text(node, "Version"), text(node, "ApiVersion"));
  }

  static ContainerEvent event(JsonNode node) {
    JsonNode actor = node.path("Actor");
    // `exec_start: sh -c ...` and the like carry their command after the action.
    String action = text(node, "Action");
    int colon = action.indexOf(':');
    return new ContainerEvent(
        colon < 0 ? action : action.substring(0, colon),
        text(actor, "ID"),
        strings(actor.path("Attributes")),
        node.path("timeNano").asLong());
  }

  private static Map<String, String> strings(JsonNode object) {
    var strings = new LinkedHashMap<String, String>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      strings.put(field.getKey(), field.getValue().asText(""));
    }
    return strings;
  }

  static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }
}
