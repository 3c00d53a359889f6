package dev.weir.agent.bench;

import dev.weir.agent.go.GoQuote;
import java.nio.file.Path;
import java.util.List;

/// Configurations of the agent itself, for measuring.
final class OwnConfiguration {
  private OwnConfiguration() {}

  /// Reads container log files by path, takes off Docker's envelope, labels by stream.
  static String files(List<Path> files, String pushUrl) {
    var targets = new StringBuilder();
    files.forEach(file ->
        targets
            .append("\t\t{ __path__ = ")
            .append(GoQuote.quote(file.toString()))
            .append(", job = \"bench\" },\n"));
    return """
    logging {
    	level = "warn"
    }

    loki.source.file "bench" {
    	targets = [
    %s	]
    	forward_to = [loki.process.bench.receiver]
    }

    loki.process "bench" {
    	stage.docker { }

    	stage.labels {
    		values = { stream = "stream" }
    	}
    	forward_to = [loki.write.bench.receiver]
    }
    """
            .formatted(targets)
        + write(pushUrl);
  }

  /// Reads one Engine's containers as in production.
  static String docker(String host, String readFrom, String pushUrl) {
    return """
    logging {
    	level = "warn"
    }

    loki.source.docker "bench" {
    	host       = %s
    	read_from  = %s
    	labels     = { job = "bench" }
    	forward_to = [loki.process.bench.receiver]
    }

    loki.process "bench" {
    	stage.docker { }

    	stage.labels {
    		values = {
    			stream    = "stream",
    			container = "container_name",
    		}
    	}
    	forward_to = [loki.write.bench.receiver]
    }
    """
            .formatted(GoQuote.quote(host), GoQuote.quote(readFrom))
        + write(pushUrl);
  }

  private static String write(String pushUrl) {
    return """

    loki.write "bench" {
    	endpoint {
    		url = %s
    	}
    }
    """
        .formatted(GoQuote.quote(pushUrl));
  }
}
