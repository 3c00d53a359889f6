package dev.weir.agent.docker;

/// Which Engine this is.
///
/// @param api version of its API, such as `1.41`
public record EngineVersion(String version, String api) {}
