package dev.weir.agent.component;

import java.nio.file.Path;
import java.time.Duration;

/// What holds for the whole agent.
///
/// @param storagePath where components keep their state
/// @param minimumStability the least settled component that may be used
/// @param version of the agent, without a leading `v`
/// @param drainTimeout how long a stopping component may wait for confirmations
public record AgentSettings(
    Path storagePath, Stability minimumStability, String version, Duration drainTimeout) {}
