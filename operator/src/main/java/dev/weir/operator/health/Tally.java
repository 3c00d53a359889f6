package dev.weir.operator.health;

import dev.weir.operator.api.AgentCounts;
import dev.weir.operator.api.TargetCounts;
import dev.weir.operator.health.AgentReport.OfOutput;
import dev.weir.operator.health.AgentReport.OfPipeline;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What all agents told of one pipeline in one round. Used by one thread at a time.
final class Tally {
  private final Map<String, OutputTally> outputs = new TreeMap<>();
  private final String wantedHash;
  private int heard;
  private int applied;
  private int rejected;
  private int pods;
  private int containers;
  private String rejection = "";

  /// @param wantedHash of the file that the agents should run
  Tally(String wantedHash) {
    this.wantedHash = wantedHash;
  }

  void add(OfPipeline report, @Nullable String node) {
    boolean current = wantedHash.equals(report.wantedHash());
    if (wantedHash.equals(report.hash()) && "running".equals(report.state())) {
      applied++;
    } else if (current && !"running".equals(report.state())) {
      rejected++;
      String message = report.error() == null ? "" : report.error().message();
      rejection = "node %s: %s".formatted(node, message);
    }
    if (report.targets() != null) {
      pods += report.targets().pods();
      containers += report.targets().containers();
    }
    for (OfOutput output : report.outputs()) {
      outputs.computeIfAbsent(output.name(), OutputTally::new).add(output, node);
    }
  }

  /// An agent answered, whether it knows the pipeline or not.
  void heard() {
    heard++;
  }

  int heardOf() {
    return heard;
  }

  Map<String, OutputTally> outputs() {
    return outputs;
  }

  int pods() {
    return pods;
  }

  long sum(java.util.function.ToLongFunction<OutputTally> of) {
    return outputs.values().stream().mapToLong(of).sum();
  }

  /// @param agents that should run the pipeline
  PipelineHealth health(int agents, int namespaces, Flow flow, long lostBytes) {
    int desired = Math.max(agents, heard);
    return new PipelineHealth(
        new AgentCounts(desired, applied, rejected, desired - heard),
        rejection,
        new TargetCounts(pods, containers, pods == 0 ? 0 : namespaces),
        outputs.values().stream().map(OutputTally::status).toList(),
        flow,
        Rounded.two(sum(output -> output.lag)),
        lostBytes);
  }
}
