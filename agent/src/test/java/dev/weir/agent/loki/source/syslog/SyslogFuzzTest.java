package dev.weir.agent.loki.source.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.testkit.RiverArguments;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever the bytes and however they arrive: messages within them, the same ones every time.
class SyslogFuzzTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2025-06-01T00:00:00Z"));

  @FuzzTest(maxDuration = "30s")
  void findsTheSameMessagesHoweverTheBytesArrive(FuzzedDataProvider data) throws Exception {
    String format = data.pickValue(List.of("rfc5424", "rfc3164", "raw"));
    int step = data.consumeInt(1, 20);
    compare(format, step, data.consumeRemainingAsBytes());
  }

  @Test
  void findsTheSameMessagesInSamples() throws Exception {
    String lines =
        "<34>1 2025-01-03T14:07:15Z h a - - [x y=\"z\"] one\r\n\n<34>1 - - - - - - "
            + "y".repeat(200)
            + "\n<34>Oct 11 22:14:15 h su[1]: two\n";
    for (String format : List.of("rfc5424", "rfc3164", "raw")) {
      for (int step = 1; step < 40; step++) {
        compare(format, step, lines.getBytes(StandardCharsets.UTF_8));
        compare(format, step, ("5 <1>ab" + "300 " + lines).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void compare(String format, int step, byte[] bytes) throws Exception {
    assertThat(read(format, bytes, step)).isEqualTo(read(format, bytes, bytes.length + 1));
  }

  private static List<String> read(String format, byte[] bytes, int step) throws Exception {
    SyslogSettings settings = settings(format);
    var seen = new Seen(settings);
    var framing = new Framing();
    int from = 0;
    for (int end = Math.min(step, bytes.length); ; end = Math.min(end + step, bytes.length)) {
      boolean last = end == bytes.length;
      from = framing.read(bytes, from, end, last, settings, seen);
      if (last) {
        return seen.messages;
      }
    }
  }

  private static SyslogSettings settings(String format) throws DiagnosticsException {
    String body =
        "address = \":1\"\nmax_message_length = 100\nlabel_structured_data = true\nsyslog_format = \"%s\""
            .formatted(format);
    return SyslogSettings.of(
        RiverArguments.decode(ListenerArguments.class, body), Rules.NONE, batch -> {}, CLOCK);
  }

  private static final class Seen implements Framing.Sink {
    private final SyslogSettings settings;
    private final Message message = new Message();
    private final List<String> messages = new ArrayList<>();

    Seen(SyslogSettings settings) {
      this.settings = settings;
    }

    @Override
    public void message(byte[] buffer, int from, int end) {
      message.clear();
      message.keepStructuredData = true;
      boolean parsed = settings.format().parse(buffer, from, end, message);
      for (Message.Slice slice :
          List.of(message.hostname, message.appName, message.procId, message.msgId, message.text)) {
        assertThat(slice.isEmpty() || (slice.from >= from && slice.end <= end)).isTrue();
      }
      messages.add(parsed + ":" + new String(buffer, from, end - from, StandardCharsets.UTF_8));
    }

    @Override
    public void malformed() {
      messages.add("malformed");
    }
  }
}
