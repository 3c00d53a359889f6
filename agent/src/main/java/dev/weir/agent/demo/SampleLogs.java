package dev.weir.agent.demo;

import dev.weir.agent.go.GoQuote;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Log files as a Docker Engine writes them, of containers that do not exist: some history, and new
/// lines as long as it is open.
final class SampleLogs implements Subject {
  private static final List<String> CONTAINERS = List.of("shop-web", "shop-api", "shop-db");
  private static final int HISTORY = 20;

  private final Path directory;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread writer;
  private long written;

  private SampleLogs(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
    this.writer = Thread.ofVirtual().name("sample-logs").unstarted(this::write);
  }

  static SampleLogs start(Path directory) throws IOException {
    var logs = new SampleLogs(directory, Clock.systemUTC());
    Files.createDirectories(directory);
    for (int i = 0; i < HISTORY; i++) {
      logs.append();
    }
    logs.writer.start();
    return logs;
  }

  @Override
  public String description() {
    return "SAMPLE LOGS (no Docker Engine answers): " + String.join(", ", CONTAINERS);
  }

  @Override
  public String configuration(URI loki) {
    var targets = new StringBuilder();
    for (String container : CONTAINERS) {
      targets.append(
          "\t\t{ __path__ = %s, container = %s },%n"
              .formatted(GoQuote.quote(file(container).toString()), GoQuote.quote(container)));
    }
    return """
    loki.source.file "containers" {
    	targets = [
    %s	]
    	forward_to = [loki.process.containers.receiver]
    }

    loki.process "containers" {
    	stage.docker { }

    	stage.static_labels {
    		values = { job = "docker" }
    	}
    	forward_to = [loki.write.loki.receiver]
    }

    loki.write "loki" {
    	endpoint {
    		url = %s
    	}
    }
    """
        .formatted(targets, GoQuote.quote(loki.toString()));
  }

  private Path file(String container) {
    return directory.resolve(container + "-json.log");
  }

  private void write() {
    try {
      while (!closing.await(400, TimeUnit.MILLISECONDS)) {
        append();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The directory is gone: the demo is over.
    }
  }

  private void append() throws IOException {
    long number = written++;
    String container = CONTAINERS.get((int) (number % CONTAINERS.size()));
    boolean error = number % 7 == 3;
    String text =
        error
            ? "level=error msg=\\\"request failed\\\" status=502 request=" + number
            : "level=info msg=\\\"request served\\\" status=200 request=" + number;
    Instant now = clock.instant();
    String line =
        "{\"log\":\"%s\\n\",\"stream\":\"%s\",\"time\":\"%s\"}%n"
            .formatted(text, error ? "stderr" : "stdout", now);
    Files.writeString(file(container), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
