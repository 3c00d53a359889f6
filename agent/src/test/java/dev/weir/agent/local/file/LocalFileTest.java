package dev.weir.agent.local.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.ComponentException;
import dev.weir.agent.component.Health;
import dev.weir.agent.local.file.LocalFile.Arguments;
import dev.weir.agent.local.file.LocalFile.Exports;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.eval.OptionalSecret;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFileTest {
  @TempDir Path storage;
  private TestContext context;
  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    context = new TestContext("local.file.test", storage);
    file = storage.resolve("content");
    Files.writeString(file, "first\n");
  }

  @Test
  void publishesTheContentBeforeItRuns() throws Exception {
    assertThat(new LocalFile(arguments(file, ""), context).health())
        .hasValueSatisfying(health -> assertThat(health.message()).isEqualTo("read file"));

    assertThat(content()).isEqualTo(new OptionalSecret(false, "first\n"));
    assertThat(context.scrape()).contains("local_file_timestamp_last_accessed_unix_seconds{");
  }

  @Test
  void keepsSecrets() throws Exception {
    var component = new LocalFile(arguments(file, "is_secret = true"), context);

    assertThat(component.health()).isPresent();
    assertThat(content()).hasToString("(secret)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fsnotify", "poll"})
  void noticesChanges(String detector) throws Exception {
    String more = "poll_frequency = \"20ms\"\ndetector = \"" + detector + "\"";
    var component = new LocalFile(arguments(file, more), context);
    try (var _ = new RunningComponent(component)) {
      Files.writeString(storage.resolve("new"), "second");
      Files.move(storage.resolve("new"), file, StandardCopyOption.REPLACE_EXISTING);

      await().until(() -> content().reveal().equals("second"));
    }
  }

  @Test
  void isToldOfChangesBetweenLooks() throws Exception {
    var component = new LocalFile(arguments(file, "poll_frequency = \"1h\""), context);
    try (var _ = new RunningComponent(component)) {
      await()
          .until(() -> {
            Files.writeString(file, "second");
            return content().reveal().equals("second");
          });
    }
  }

  @Test
  void keepsTheLastContentOfAFileThatIsGone() throws Exception {
    var component = new LocalFile(arguments(file, "poll_frequency = \"20ms\""), context);
    try (var _ = new RunningComponent(component)) {
      Files.delete(file);

      await().until(() -> component.health().orElseThrow().state() == Health.State.UNHEALTHY);
      assertThat(content().reveal()).isEqualTo("first\n");
    }
  }

  @Test
  void takesAnotherFileWhileRunning() throws Exception {
    Path other = storage.resolve("other");
    Files.writeString(other, "else");
    var component = new LocalFile(arguments(file, "poll_frequency = \"1h\""), context);
    try (var _ = new RunningComponent(component)) {
      component.update(arguments(other, "poll_frequency = \"20ms\""));
      assertThat(content().reveal()).isEqualTo("else");

      Files.writeString(other, "new");
      await().until(() -> content().reveal().equals("new"));
    }
  }

  @Test
  void doesNotPublishAReplacedFileAfterTheNewOne() throws Exception {
    Path other = storage.resolve("other");
    Files.writeString(other, "else");
    Arguments old = arguments(file, "");
    var component = new LocalFile(old, context);
    component.update(arguments(other, ""));

    component.readAgain(old);

    assertThat(content().reveal()).isEqualTo("else");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    Path nowhere = storage.resolve("nowhere");

    assertThatThrownBy(() -> new LocalFile(arguments(nowhere, ""), context))
        .isInstanceOf(ComponentException.class)
        .hasMessageContaining("failed to read file " + nowhere + ": no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"detector = \"x\"", "poll_frequency = \"0s\"", "other = 1"})
  void refusesWrongArguments(String more) {
    assertThatThrownBy(() -> arguments(file, more)).isInstanceOf(DiagnosticsException.class);
  }

  private OptionalSecret content() {
    return ((Exports) context.published().getLast()).content();
  }

  private static Arguments arguments(Path file, String more) throws DiagnosticsException {
    return RiverArguments.decode(Arguments.class, "filename = \"" + file + "\"\n" + more);
  }
}
