package dev.weir.agent.docker;

import java.time.Instant;
import java.util.Map;

/// What reading a container's log needs to know of it.
///
/// @param name with its leading slash
/// @param image as the container was started with
/// @param tty whether it has a terminal: its log then is one raw stream
/// @param logDriver such as `json-file`
/// @param logPath of the log file on the Engine's host; empty when the driver has none, or before
///   the first start
/// @param finishedAt when it last ended, year 1 before
public record ContainerDetails(
    String id,
    String name,
    String image,
    Map<String, String> labels,
    String networkMode,
    boolean tty,
    String logDriver,
    Map<String, String> logOptions,
    String logPath,
    boolean running,
    Instant finishedAt) {
  public ContainerDetails {
    labels = Map.copyOf(labels);
    logOptions = Map.copyOf(logOptions);
  }
}
