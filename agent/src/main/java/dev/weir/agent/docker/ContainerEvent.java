package dev.weir.agent.docker;

import java.util.Map;

/// Something that happened to a container.
///
/// @param action such as `create`, `start`, `die`, `destroy`, `rename`
/// @param attributes labels of the container, its `name` and `image`
/// @param nanos when, since 1970 UTC
public record ContainerEvent(
    String action, String containerId, Map<String, String> attributes, long nanos) {}
