package dev.weir.agent.faults.kit;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.weir.agent.sandbox.Sandbox;
import dev.weir.agent.sandbox.SandboxOptions;
import dev.weir.agent.sandbox.StoredEntry;
import dev.weir.agent.testkit.DockerEngine;
import dev.weir.agent.testkit.TestContainer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.awaitility.core.ConditionTimeoutException;

/// An agent as a process that collects containers of a real Engine, and the Loki that it sends to.
/// The Engine's own files tell what had to arrive.
///
/// Belongs to the thread of its test.
public final class DockerScene implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// In the health of a source that has the list; before, there is a problem before a semicolon.
  private static final Pattern CONNECTED = Pattern.compile(": \\d+ containers read from files");

  private final DockerEngine engine;
  private final String mark;
  private final Sandbox sink;
  private final AgentProcess agent;

  /// @param address of the Engine as the agent reaches it
  /// @param readFrom `files`, `api` or `auto`
  public DockerScene(Path directory, DockerEngine engine, String address, String readFrom) {
    this.engine = engine;
    this.mark = "fault-" + Long.toHexString(System.nanoTime());
    try {
      this.sink = Sandbox.start(SandboxOptions.loopback());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.agent = AgentProcess.in(directory).configure(river(address, readFrom));
  }

  /// Everything of the Engine, of which others' containers are dropped.
  private String river(String address, String readFrom) {
    return """
    loki.source.docker "all" {
    	host       = "%s"
    	read_from  = "%s"
    	forward_to = [loki.process.own.receiver]
    }
    loki.process "own" {
    	stage.match {
    		selector = "{container_name!~\\"%s.*\\"}"
    		action   = "drop"
    	}
    	stage.labels {
    		values = {stream = "stream", round = "container_label_round"}
    	}
    	forward_to = [loki.write.loki.receiver]
    }
    loki.write "loki" {
    	endpoint {
    		url        = "%s"
    		batch_wait = "200ms"
    	}
    }
    """
        .formatted(address, readFrom, mark, sink.pushUrl());
  }

  public Sandbox sink() {
    return sink;
  }

  public AgentProcess agent() {
    return agent;
  }

  /// Starts the agent and waits until it knows the containers.
  public DockerScene start() {
    agent.start();
    awaitConnection();
    return this;
  }

  /// Waits until the agent has the Engine's list.
  public void awaitConnection() {
    await()
        .atMost(PATIENCE)
        .until(() -> CONNECTED.matcher(agent.get("/api/v0/web/components")).find());
  }

  /// A script of the scene, under a name that nobody else has.
  public TestContainer running(String name, String script) {
    return TestContainer.running(script).named(mark + "-" + name);
  }

  /// Makes a container that finds numbered lines in `/lines.0`, `/lines.1`, ...
  ///
  /// @param files how many there are
  /// @param perFile lines in each
  /// @return its id
  public String create(TestContainer container, int files, int perFile) {
    String id = engine.create(container);
    NumberedLines lines = NumberedLines.of(Objects.requireNonNull(container.name()));
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      for (int file = 0; file < files; file++) {
        add(tar, "lines." + file, text(lines::line, (long) file * perFile, perFile));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    engine
        .client()
        .copyArchiveToContainerCmd(id)
        .withRemotePath("/")
        .withTarInputStream(new ByteArrayInputStream(bytes.toByteArray()))
        .exec();
    return id;
  }

  private static byte[] text(LongFunction<String> lines, long from, int count) {
    return LongStream.range(from, from + count)
        .mapToObj(number -> lines.apply(number) + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /// Where the Engine keeps a container's log.
  public Path log(String id) {
    InspectContainerResponse details = engine.client().inspectContainerCmd(id).exec();
    return Path.of(Objects.requireNonNull(details.getLogPath()));
  }

  /// Waits until what has arrived of a container is what the Engine has logged of it: every line of
  /// each stream once, whole and in order.
  ///
  /// @return how many lines there are
  public long awaitAll(String id) {
    Path log = log(id);
    return awaitAll(id, () -> JsonFileTruth.of(log));
  }

  /// Waits until exactly these lines of a container have arrived, each stream in order.
  public long awaitAll(String id, Supplier<Map<String, List<String>>> truth) {
    try {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> arrived(id).equals(truth.get()));
    } catch (ConditionTimeoutException late) {
      throw new AssertionError(
          "%s; seed %d; %s%n%s"
              .formatted(id, Seed.VALUE, difference(truth.get(), arrived(id)), agent.output()),
          late);
    }
    return sink.count(selector(id));
  }

  private static String difference(
      Map<String, List<String>> truth, Map<String, List<String>> arrived) {
    var text = new StringBuilder();
    truth.forEach((stream, lines) -> {
      List<String> other = arrived.getOrDefault(stream, List.of());
      int same = 0;
      while (same < Math.min(lines.size(), other.size())
          && lines.get(same).equals(other.get(same))) {
        same++;
      }
      text.append(
          "%s: %d lines owed, %d arrived, the first %d alike, then %s and %s; "
              .formatted(
                  stream,
                  lines.size(),
                  other.size(),
                  same,
                  shown(lines, same),
                  shown(other, same)));
    });
    return text.toString();
  }

  private static String shown(List<String> lines, int index) {
    if (index >= lines.size()) {
      return "nothing";
    }
    String line = lines.get(index);
    return line.length() + " characters: " + line.substring(0, Math.min(60, line.length()));
  }

  /// What has arrived of a container, by stream, in the order of its times.
  public Map<String, List<String>> arrived(String id) {
    return sink.entries(selector(id)).stream()
        .collect(
            Collectors.groupingBy(
                entry -> String.valueOf(entry.labels().get("stream")),
                Collectors.mapping(StoredEntry::line, Collectors.toList())));
  }

  private static String selector(String id) {
    return "{container_id=\"" + id + "\"}";
  }

  /// Pushes of lines beyond the first.
  public long repeated() {
    return sink.totals().duplicates();
  }

  @Override
  public void close() {
    agent.close();
    try {
      sink.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
