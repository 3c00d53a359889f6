package dev.weir.agent.demo;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How to show Weir.
///
/// @param configuration null for the one that Weir comes with
/// @param samples whether to use sample logs even where there is a Docker Engine
/// @param limit when to end by itself; null waits to be stopped
/// @param colour whether to colour what is printed
/// @param version of the agent
public record DemoOptions(
    @Nullable Path configuration,
    boolean samples,
    @Nullable Duration limit,
    boolean colour,
    String version) {}
