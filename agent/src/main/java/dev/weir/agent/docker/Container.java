package dev.weir.agent.docker;

import java.util.List;
import java.util.Map;

/// A container as the Engine's list has it.
///
/// @param name with its leading slash
/// @param networkMode such as `bridge`, `host` or `container:<id>`
/// @param networks attachments by network name
public record Container(
    String id,
    String name,
    String image,
    String state,
    Map<String, String> labels,
    String networkMode,
    Map<String, Attachment> networks,
    List<Port> ports) {
  /// Its place in a network.
  ///
  /// @param address IPv4, empty when it has none
  public record Attachment(String networkId, String address) {}

  /// A port it exposes.
  ///
  /// @param publicAddress empty when it is not published
  /// @param publicPort 0 when it is not published
  /// @param protocol `tcp`, `udp` or `sctp`
  public record Port(int privatePort, int publicPort, String publicAddress, String protocol) {}

  public Container {
    labels = Map.copyOf(labels);
    ports = List.copyOf(ports);
  }

  /// Whether it was made and has not been started yet.
  public boolean neverStarted() {
    return state.equals("created");
  }

  /// Whether it runs now; a paused one does.
  public boolean running() {
    return state.equals("running") || state.equals("paused");
  }
}
