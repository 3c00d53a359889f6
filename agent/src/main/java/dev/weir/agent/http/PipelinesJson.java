package dev.weir.agent.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.weir.agent.component.Report;
import dev.weir.agent.pipelinedir.PipelineStatus;
import dev.weir.agent.pipelinedir.PipelineStatus.Problem;
import dev.weir.agent.pipelinedir.Pipelines;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The pipelines as the operator reads them.
public final class PipelinesJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final double HUNDREDTH = 100;

  private final JsonGenerator json;

  /// What holds for the whole agent.
  ///
  /// @param instanceId differs from one start to the next
  /// @param node that it runs on; empty when it does not know
  public record About(String instanceId, Instant startTime, String version, String node) {}

  private PipelinesJson(JsonGenerator json) {
    this.json = json;
  }

  static String of(About about, Pipelines pipelines, List<PipelineStatus> statuses) {
    var text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      new PipelinesJson(generator).write(about, pipelines, statuses);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private void write(About about, Pipelines pipelines, List<PipelineStatus> statuses)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("instanceId", about.instanceId());
    time("startTime", about.startTime());
    json.writeStringField("version", about.version());
    json.writeStringField("node", about.node());
    json.writeStringField("revision", pipelines.revision());
    String trouble = pipelines.trouble();
    if (trouble != null) {
      json.writeStringField("trouble", trouble);
    }
    json.writeArrayFieldStart("pipelines");
    for (PipelineStatus status : statuses) {
      pipeline(status);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void pipeline(PipelineStatus status) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", status.file());
    json.writeStringField("kind", status.kind());
    json.writeStringField("namespace", status.namespace());
    json.writeStringField("name", status.name());
    json.writeStringField("uid", status.uid());
    json.writeStringField("hash", status.hash());
    json.writeStringField("wantedHash", status.wantedHash());
    json.writeStringField("state", status.state().text());
    problem(status.error());
    json.writeObjectFieldStart("targets");
    json.writeNumberField("pods", status.targets().pods());
    json.writeNumberField("containers", status.targets().containers());
    json.writeEndObject();
    counts("dropped", status.dropped());
    json.writeArrayFieldStart("outputs");
    for (PipelineStatus.Output output : status.outputs()) {
      output(output);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void problem(@Nullable Problem problem) throws IOException {
    if (problem == null) {
      json.writeNullField("error");
      return;
    }
    json.writeObjectFieldStart("error");
    json.writeStringField("message", problem.message());
    json.writeNumberField("line", problem.line());
    json.writeNumberField("column", problem.column());
    json.writeEndObject();
  }

  private void output(PipelineStatus.Output output) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", output.name());
    json.writeObjectFieldStart("sent");
    json.writeNumberField("total", output.sent());
    rounded("perSecond1m", output.perSecond1m());
    rounded("perSecond5m", output.perSecond5m());
    json.writeEndObject();
    counts("dropped", output.dropped());
    json.writeNumberField("retries", output.retries());
    time("lastSuccess", output.lastSuccess());
    failure(output.lastError());
    json.writeNumberField("lagBytes", output.lagBytes());
    rounded("oldestUnsentSeconds", output.oldestUnsentSeconds());
    json.writeNumberField("lostBytes", output.lostBytes());
    json.writeEndObject();
  }

  private void failure(Report.@Nullable Failure failure) throws IOException {
    if (failure == null) {
      json.writeNullField("lastError");
      return;
    }
    json.writeObjectFieldStart("lastError");
    json.writeNumberField("code", failure.code());
    json.writeStringField("message", failure.message());
    time("time", failure.time());
    json.writeEndObject();
  }

  private void counts(String name, Map<String, Long> counts) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : new TreeMap<>(counts).entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }

  private void time(String name, @Nullable Instant time) throws IOException {
    if (time == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, time.truncatedTo(ChronoUnit.MILLIS).toString());
    }
  }

  private void rounded(String name, double value) throws IOException {
    json.writeNumberField(name, Math.round(value * HUNDREDTH) / HUNDREDTH);
  }
}
