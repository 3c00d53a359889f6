package dev.weir.agent.timelayout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
  @Property(tries = 500)
  void readsWhatOthersWrite(
      @ForAll @LongRange(min = -9_000_000_000L, max = 9_000_000_000L) long seconds,
      @ForAll @IntRange(max = 999_999_999) int nanos,
      @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
    Instant time = Instant.ofEpochSecond(seconds, nanos);
    String text =
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
            time.atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60)));
    // The formatter leaves out seconds of zero.
    String whole =
        text.matches(".{16}([Z+-].*)") ? text.substring(0, 16) + ":00" + text.substring(16) : text;

    assertThat(parse("[" + whole + "]")).isEqualTo(seconds * 1_000_000_000 + nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[2024-03-01T10:11:12]",
        "[2024-02-30T10:11:12Z]",
        "[2023-02-29T10:11:12Z]",
        "[2024-13-01T10:11:12Z]",
        "[2024-03-01T24:11:12Z]",
        "[2024-03-01T10:11:60Z]",
        "[2024-03-01T10:11:12.Z]",
        "[2024-03-01T10:11:12+0100]",
        "[2024-03-01 10:11:12Z]",
        "[2024-03-01T10:11:12Z ]"
      })
  void refusesWhatIsNoTime(String text) {
    assertThat(parse(text)).isEqualTo(Rfc3339.NONE);
  }

  private static long parse(String bracketed) {
    byte[] bytes = bracketed.getBytes(StandardCharsets.UTF_8);
    return Rfc3339.parse(bytes, 1, bytes.length - 2);
  }
}
