package dev.weir.agent.demo;

import dev.weir.agent.go.GoQuote;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;

/// What the training runs on.
final class TrainingConfiguration {
  private static final long STEP_NANOS = 1_234_567;

  private TrainingConfiguration() {}

  static String files(Path file, URI loki) {
    return """
    loki.source.file "training" {
    	targets    = [{ __path__ = %s }]
    	forward_to = [loki.process.training.receiver]
    }
    %s\
    """
        .formatted(GoQuote.quote(file.toString()), rest(loki));
  }

  static String engine(Path socket, URI loki) {
    return """
    loki.source.docker "training" {
    	host       = %s
    	labels     = { job = "docker" }
    	forward_to = [loki.process.training.receiver]
    }
    %s\
    """
        .formatted(GoQuote.quote("unix://" + socket), rest(loki));
  }

  private static String rest(URI loki) {
    return """
    loki.process "training" {
    	stage.docker { }

    	stage.labels {
    		values = {
    			stream          = "stream",
    			container       = "container_name",
    			container_id    = "container_id",
    			compose_service = "container_label_com_docker_compose_service",
    			compose_project = "container_label_com_docker_compose_project",
    		}
    	}
    	forward_to = [loki.write.training.receiver]
    }

    loki.write "training" {
    	endpoint {
    		url = %s
    	}
    }
    """
        .formatted(GoQuote.quote(loki.toString()));
  }

  /// A line as a container's log file has it.
  static String logLine(int number, Instant start) {
    String text =
        number % 3 == 0
            ? "level=info msg=\\\"request %d served\\\" status=200"
            : "10.0.0.7 - - \\\"GET /items/%d HTTP/1.1\\\" 200 612 \\\"-\\\" \\\"curl/8.5\\\"";
    return "{\"log\":\"%s\\n\",\"stream\":\"%s\",\"time\":\"%s\"}\n"
        .formatted(
            text.formatted(number),
            number % 10 == 0 ? "stderr" : "stdout",
            start.plusNanos(number * STEP_NANOS));
  }
}
