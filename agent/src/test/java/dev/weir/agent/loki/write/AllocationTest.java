package dev.weir.agent.loki.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.Metadata;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.TestContext;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class AllocationTest {
  private static final int LINES = 1000;
  private static final int ROUNDS = 500;

  @TempDir Path storage;

  private Shard shard() throws DiagnosticsException {
    var arguments = RiverArguments.decode(EndpointArguments.class, "url = \"http://127.0.0.1:1/\"");
    var context = new TestContext("test", storage);
    var metrics = new EndpointMetrics(context.metrics(), arguments, true);
    var snappy = new SnappyBlocks(storage, LoggerFactory.getLogger("test"));
    Map<String, String> external = Map.of("cluster", "c1");
    return new Shard(ShardSettings.of(0, arguments, 0, external, metrics, context), snappy);
  }

  /// Lines of two streams that alternate, as stdout and stderr do.
  private static Batch batch() {
    Labels[] labels = {
      Labels.of("job", "docker", "stream", "stdout", "__path__", "x"),
      Labels.of("job", "docker", "stream", "stderr")
    };
    Metadata metadata = Metadata.of("trace_id", "0123456789abcdef");
    byte[] text =
        "GET /index.html 200 12345 0.003 \"agent\" ".repeat(4).getBytes(StandardCharsets.UTF_8);
    var batch = new Batch(new Lane("test"));
    for (int i = 0; i < LINES; i++) {
      Entry entry = batch.add();
      entry.labels(labels[i % 2]);
      entry.timestamp(1_700_000_000_000_000_000L + i * 1_000_003L);
      entry.line(text, 0, text.length - i % 50);
      entry.metadata(i % 10 == 0 ? metadata : Metadata.EMPTY);
    }
    return batch;
  }

  @Test
  void acceptsLinesWithoutAllocating() throws Exception {
    Shard shard = shard();
    Batch batch = batch();
    var delivery = new Delivery(delivered -> {});
    batch.delivery(delivery);
    round(shard, batch, ROUNDS);

    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    int pushes = round(shard, batch, ROUNDS);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(pushes).isGreaterThan(50);
    // What a push takes (itself, its list of deliveries) is shared by thousands of lines.
    assertThat(allocated / pushes).isLessThan(1024);
    assertThat(allocated / (LINES * ROUNDS)).isZero();
  }

  private static int round(Shard shard, Batch batch, int times) throws InterruptedException {
    int pushes = 0;
    for (int i = 0; i < times; i++) {
      shard.append(batch);
      for (Push push = shard.poll(); push != null; push = shard.poll()) {
        shard.settle(push, true);
        pushes++;
      }
    }
    return pushes;
  }
}
