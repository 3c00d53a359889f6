package dev.weir.agent.pipelinetest;

import dev.weir.agent.component.ComponentType;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Metadata;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.pipelinetest.TestFile.Case;
import dev.weir.agent.pipelinetest.TestFile.Line;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.runtime.AgentRuntime;
import dev.weir.agent.runtime.ComponentInfo;
import dev.weir.agent.runtime.RuntimeEnvironment;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs tests, each in a runtime of its own, from its configuration to the end of its shutdown.
public final class PipelineTest {
  private static final long NANOS = 1_000_000_000;

  private final RuntimeEnvironment environment;
  private final Path configuration;

  /// @param environment whose components are taken, and replaced where they reach outside
  public PipelineTest(RuntimeEnvironment environment, Path configuration) {
    this.environment = environment;
    this.configuration = configuration;
  }

  /// Runs one.
  ///
  /// @throws DiagnosticsException when the configuration cannot be used
  /// @throws IllegalArgumentException when it names a component that there is not
  public Outcome run(Case test) throws IOException, DiagnosticsException, InterruptedException {
    var standIns = new StandIns();
    List<ComponentType<?>> types = standIns.of(environment.components());
    var runtime =
        new AgentRuntime(
            new RuntimeEnvironment(
                environment.agent(),
                types,
                environment.blocks(),
                environment.registry(),
                environment.clock()));
    runtime.load(configuration);
    try (var lane = new Lane("test")) {
      Receiver receiver = receiver(runtime, test.to());
      checkWriter(runtime, test);
      for (Line line : test.input()) {
        send(line, lane, receiver);
      }
    } finally {
      runtime.stop();
    }
    List<Seen> seen = new ArrayList<>(standIns.seen());
    seen.removeIf(entry -> test.at() != null && !entry.write().equals(test.at()));
    return Outcome.of(test, seen);
  }

  private static Receiver receiver(AgentRuntime runtime, String id) {
    List<String> others = new ArrayList<>();
    for (ComponentInfo component : runtime.components()) {
      Receiver receiver = receiver(component.exports());
      if (receiver != null && component.localId().equals(id)) {
        return receiver;
      }
      if (receiver != null) {
        others.add(component.localId());
      }
    }
    throw new IllegalArgumentException(
        "no component " + id + " takes entries; those that do: " + String.join(", ", others));
  }

  private static @Nullable Receiver receiver(@Nullable Record exports) {
    if (exports == null) {
      return null;
    }
    try {
      for (RecordComponent component : exports.getClass().getRecordComponents()) {
        if (component.getType() == Receiver.class) {
          return (Receiver) component.getAccessor().invoke(exports);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + exports.getClass(), e);
    }
    return null;
  }

  private static void checkWriter(AgentRuntime runtime, Case test) {
    if (test.at() != null && runtime.component(test.at()).isEmpty()) {
      throw new IllegalArgumentException("no component " + test.at());
    }
  }

  private void send(Line line, Lane lane, Receiver receiver) throws InterruptedException {
    var batch = new Batch(lane);
    Entry entry = batch.add();
    entry.line(line.line() == null ? "" : line.line());
    entry.labels(Labels.of(line.labels() == null ? Map.of() : line.labels()));
    Instant given = line.instant();
    Instant time = given == null ? environment.clock().instant() : given;
    entry.timestamp(
        Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano()));
    if (line.structuredMetadata() != null) {
      Metadata metadata = Metadata.EMPTY;
      for (Map.Entry<String, String> pair : line.structuredMetadata().entrySet()) {
        metadata = metadata.with(pair.getKey(), pair.getValue());
      }
      entry.metadata(metadata);
    }
    receiver.accept(batch);
  }
}
