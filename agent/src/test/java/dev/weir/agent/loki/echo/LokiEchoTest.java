package dev.weir.agent.loki.echo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.logging.Logging;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Metadata;
import dev.weir.agent.testkit.TestContext;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LokiEchoTest {
  @TempDir Path storage;

  @AfterEach
  void restoreLog() {
    Logging.output(new FileOutputStream(FileDescriptor.err));
  }

  @Test
  void writesEntriesToTheAgentsLog() throws Exception {
    var context = new TestContext("loki.echo.test", storage);
    LokiEcho.TYPE.factory().create(new LokiEcho.Arguments(), context);
    var receiver = ((LokiEcho.Exports) context.published().getFirst()).receiver();
    var out = new ByteArrayOutputStream();
    Logging.output(out);

    Batch batch = new Batch(new Lane("test"));
    Entry entry = batch.add();
    entry.line("hello there");
    entry.timestamp(1_700_000_000_123_456_789L);
    entry.labels(Labels.of("a", "b"));
    entry.metadata(Metadata.of("trace", "\"1\""));
    receiver.accept(batch);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("level=info msg=\"received log entry\"")
        .contains(" entry=\"hello there\" entry_timestamp=2023-11-14T22:13:20.123456789Z")
        .contains(" labels=\"{a=\\\"b\\\"}\"")
        .contains(" structured_metadata=\"{\\\"trace\\\":\\\"\\\\\\\"1\\\\\\\"\\\"}\"");
  }
}
