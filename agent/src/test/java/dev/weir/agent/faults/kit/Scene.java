package dev.weir.agent.faults.kit;

import dev.weir.agent.sandbox.Limits;
import dev.weir.agent.sandbox.Sandbox;
import dev.weir.agent.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An agent as a process that collects the containers of a played Engine as in production, and the
/// Loki that it sends to, which lives in the test's process.
///
/// Belongs to the thread of its test.
public final class Scene implements AutoCloseable {
  private static final long SINK_BYTES = 400L << 20;

  private final PlayedEngine engine;
  private final Sandbox sink;
  private final AgentProcess agent;
  private final List<ContainerLog> logs = new ArrayList<>();
  private final List<Load> loads = new ArrayList<>();

  /// @param directory of everything
  public Scene(Path directory) {
    this(directory, Limits.LOKI);
  }

  /// @param limits of its Loki
  public Scene(Path directory, Limits limits) {
    try {
      this.sink =
          Sandbox.start(SandboxOptions.loopback().withMaxBytes(SINK_BYTES).withLimits(limits));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.engine = PlayedEngine.start(directory.resolve("engine"));
    this.agent = AgentProcess.in(directory).configure(river());
  }

  public Sandbox sink() {
    return sink;
  }

  public PlayedEngine engine() {
    return engine;
  }

  public AgentProcess agent() {
    return agent;
  }

  /// The usual configuration: Docker, labels by stages, one endpoint.
  public String river() {
    return source("") + process("") + write("");
  }

  /// A source of all containers, into `loki.process.containers`.
  public String source(String moreArguments) {
    return """
    loki.source.docker "containers" {
    	host       = "%s"
    	labels     = {job = "docker"}
    	forward_to = [loki.process.containers.receiver]
    	%s
    }
    """
        .formatted(engine.address(), moreArguments);
  }

  /// Stages, into `loki.write.loki`.
  public String process(String moreStages) {
    return """
    loki.process "containers" {
    	stage.docker { }

    	stage.labels {
    		values = {stream = "stream", container = "container_name"}
    	}
    	%s
    	forward_to = [loki.write.loki.receiver]
    }
    """
        .formatted(moreStages);
  }

  /// The one endpoint.
  public String write(String moreOfEndpoint) {
    return """
    loki.write "loki" {
    	endpoint {
    		url            = "%s"
    		batch_wait     = "200ms"
    		remote_timeout = "60s"
    		%s
    	}
    }
    """
        .formatted(sink.pushUrl(), moreOfEndpoint);
  }

  /// The log of a new container that is never rotated.
  ///
  /// @param name of hexadecimal digits
  public ContainerLog container(String name) {
    return container(name, Long.MAX_VALUE, 1);
  }

  /// The log of a new container.
  public ContainerLog container(String name, long maxBytes, int maxFiles) {
    var log = new ContainerLog(engine.add(name), maxBytes, maxFiles);
    logs.add(log);
    return log;
  }

  /// A new container under load.
  public Load load(String name, int perSecond) {
    return load(name, container(name), perSecond);
  }

  /// A container under load.
  public Load load(String name, ContainerLog log, int perSecond) {
    Load load = Load.start(NumberedLines.of(name), log::write, perSecond);
    loads.add(load);
    return load;
  }

  /// Stops all loads.
  ///
  /// @return a ledger of what they have written
  public Ledger settle() {
    var ledger = new Ledger();
    loads.forEach(ledger::owe);
    return ledger;
  }

  /// Lines that all loads have written so far.
  public long written() {
    return loads.stream().mapToLong(Load::written).sum();
  }

  /// Waits until so many more lines have arrived than there are now.
  public void awaitProgress(long lines) {
    Ledger.awaitStored(sink, sink.totals().stored() + lines);
  }

  @Override
  public void close() {
    loads.forEach(Load::close);
    agent.close();
    engine.close();
    logs.forEach(ContainerLog::close);
    try {
      sink.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
