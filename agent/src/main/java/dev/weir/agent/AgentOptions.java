package dev.weir.agent;

import dev.weir.agent.component.Stability;
import dev.weir.agent.logging.LogLevel;
import dev.weir.agent.pipelinedir.PipelineSettings;
import dev.weir.agent.runtime.ServerArguments;
import dev.weir.agent.runtime.TapAccess;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How to run an agent.
///
/// @param configuration a file, or a directory of files; null for the defaults of everything
/// @param listen where to serve HTTP; null leaves it to the `server` block and the default
/// @param logLevel wins over the `logging` block; null leaves it to the block
/// @param storagePath where components keep state
/// @param version without a leading `v`
/// @param drainTimeout how long a stopping component may wait for confirmations
/// @param tap who may see lines as they pass; null leaves it to the `server` block and the default
/// @param pipelines a directory of pipelines to run besides; null for none
public record AgentOptions(
    @Nullable Path configuration,
    @Nullable InetSocketAddress listen,
    @Nullable LogLevel logLevel,
    Path storagePath,
    Stability minimumStability,
    String version,
    Duration drainTimeout,
    @Nullable TapAccess tap,
    @Nullable PipelineSettings pipelines) {
  private static final String DEFAULT_HOST = "127.0.0.1";
  private static final int DEFAULT_PORT = 12345;

  /// Options that leave it to the `server` block who may see lines, and no directory of pipelines.
  public AgentOptions(
      Path configuration,
      @Nullable InetSocketAddress listen,
      @Nullable LogLevel logLevel,
      Path storagePath,
      Stability minimumStability,
      String version,
      Duration drainTimeout) {
    this(
        configuration,
        listen,
        logLevel,
        storagePath,
        minimumStability,
        version,
        drainTimeout,
        null,
        null);
  }

  InetSocketAddress listenAddress(ServerArguments block) {
    if (listen != null) {
      return listen;
    }
    ServerArguments.Http http = block.http();
    if (http == null) {
      return new InetSocketAddress(DEFAULT_HOST, DEFAULT_PORT);
    }
    String host = http.listenAddress().isEmpty() ? DEFAULT_HOST : http.listenAddress();
    int port = http.listenPort() == 0 ? DEFAULT_PORT : http.listenPort();
    return new InetSocketAddress(host, port);
  }

  TapAccess tapAccess(ServerArguments block) {
    if (tap != null) {
      return tap;
    }
    ServerArguments.Http http = block.http();
    return http == null ? TapAccess.LOOPBACK : http.tap();
  }
}
