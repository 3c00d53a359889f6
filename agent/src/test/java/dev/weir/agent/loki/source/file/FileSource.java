package dev.weir.agent.loki.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Buffers;
import dev.weir.agent.component.Policy;
import dev.weir.agent.loki.source.file.LokiSourceFile.Arguments;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A running `loki.source.file` that can be stopped and started again, and the files around it.
final class FileSource implements AutoCloseable {
  final Path directory;
  final CollectingReceiver receiver = new CollectingReceiver();
  Policy policy = Policy.OPEN;
  private @Nullable RunningComponent running;
  private @Nullable TestContext context;

  /// @param directory of the test
  FileSource(Path directory) {
    this.directory = directory;
  }

  Arguments arguments(String body) {
    return RiverArguments.decode(
        "forward_to = [receiver]\n" + body.replace("$", directory.toString()),
        Arguments.class,
        receiver);
  }

  /// Starts with the inside of a block, in which `$` stands for the directory.
  LokiSourceFile start(String body) {
    var made =
        new TestContext(
            "loki.source.file.x", directory.resolve("state"), policy, Buffers.UNLIMITED);
    context = made;
    var component = new LokiSourceFile(arguments(body), made);
    running = new RunningComponent(component);
    return component;
  }

  void stop() {
    RunningComponent component = running;
    running = null;
    if (component != null) {
      component.close();
    }
  }

  String scrape() {
    TestContext made = context;
    return made == null ? "" : made.scrape();
  }

  Path positions() {
    return directory.resolve("state").resolve("loki.source.file.x").resolve("positions.yml");
  }

  Path append(String name, String text) throws IOException {
    return append(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path append(String name, byte[] bytes) throws IOException {
    Path file = directory.resolve(name);
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  void awaitLines(String... lines) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(receiver.lines()).containsExactlyInAnyOrder(lines));
  }

  @Override
  public void close() {
    stop();
  }
}
