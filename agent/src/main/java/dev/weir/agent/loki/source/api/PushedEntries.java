package dev.weir.agent.loki.source.api;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import dev.weir.agent.loki.Metadata;
import dev.weir.agent.loki.intake.Sender;
import dev.weir.agent.loki.source.api.LokiSourceApi.Arguments;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Turns what a request holds into entries. One use only, by the request's thread.
final class PushedEntries {
  private final Arguments arguments;
  private final String tenant;
  private final Labels fixed;
  private final long received;
  private @Nullable String problem;
  private long count;

  /// @param received the time of entries that do not keep theirs
  PushedEntries(Arguments arguments, String tenant, Instant received) {
    this.arguments = arguments;
    this.tenant = tenant;
    this.fixed = Labels.of(arguments.labels());
    this.received = received.getEpochSecond() * 1_000_000_000L + received.getNano();
  }

  /// What is wrong with some of the streams, or null.
  @Nullable String problem() {
    return problem;
  }

  /// Entries passed on.
  long count() {
    return count;
  }

  PushSink into(Sender sender, PushLane lane) {
    lane.use(arguments);
    return new Sink(sender, lane);
  }

  private final class Sink implements PushSink {
    private final Sender sender;
    private final PushLane lane;
    private @Nullable Labels labels = fixed;
    private boolean keepTime;

    Sink(Sender sender, PushLane lane) {
      this.sender = sender;
      this.lane = lane;
    }

    @Override
    public void stream(String text) {
      keepTime = arguments.useIncomingTimestamp();
      try {
        labels = lane.labels(text, tenant).orElse(null);
      } catch (MalformedPush e) {
        problem = e.getMessage();
        labels = null;
      }
    }

    @Override
    public void entry(long timestamp, byte[] buffer, int offset, int length, Metadata metadata)
        throws InterruptedException {
      Labels current = labels;
      if (current == null) {
        return;
      }
      Entry entry = sender.add();
      // Loki takes two equal lines with one time for the same line.
      entry.timestamp(keepTime ? timestamp : received + count);
      entry.line(buffer, offset, length);
      entry.labels(current);
      entry.metadata(metadata);
      count++;
    }
  }
}
