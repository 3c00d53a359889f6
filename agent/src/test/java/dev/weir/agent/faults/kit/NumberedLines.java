package dev.weir.agent.faults.kit;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// The lines of one producer: each tells producer, number, length class and checksum, and is the
/// same for the same seed, so that whoever finds one knows whether a byte of it has changed.
///
/// Most are short. One in sixteen has a length that matters to those who cut lines at 16 KiB:
/// nothing but its head, one byte more, a quarter, half, a byte less, exactly that, a byte more,
/// three times. All are ASCII, as Docker cuts between bytes and not characters, with what JSON must
/// escape.
///
/// @param producer letters, digits and `-`
public record NumberedLines(String producer, long seed) {
  /// Where Docker and the kubelet cut lines, bytes.
  public static final int UNIT = 16 * 1024;

  private static final int[] LENGTHS = {
    0, 1, UNIT / 4, UNIT / 2, UNIT - 1, UNIT, UNIT + 1, 3 * UNIT
  };
  private static final int ODDS = 16;
  private static final int SHORT = 8;
  private static final int LONGEST_SHORT = 160;
  private static final String ALPHABET =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ012345\"\\<&>\t";
  private static final Pattern HEAD =
      Pattern.compile("producer=([\\w-]+) n=(\\d+) class=(\\d) sum=([0-9a-f]{8}) .*");

  /// Lines under the seed of the run.
  public static NumberedLines of(String producer) {
    return new NumberedLines(producer, Seed.VALUE);
  }

  /// Whose a line is, by what it says of itself.
  ///
  /// @param number from 0
  public record Id(String producer, long number) {}

  /// What a line says of itself; empty when it says nothing.
  public static Optional<Id> read(String line) {
    Matcher head = HEAD.matcher(line.length() > UNIT ? line.substring(0, UNIT) : line);
    return head.matches()
        ? Optional.of(new Id(head.group(1), Long.parseLong(head.group(2))))
        : Optional.empty();
  }

  /// One line, without its newline.
  public String line(long number) {
    var random = new SplittableRandom(seed ^ (producer.hashCode() * 31L + number));
    int choice = random.nextInt(SHORT * ODDS);
    int kind = choice < SHORT ? choice : SHORT;
    int headLength = head(number, kind, "").length();
    int payload =
        switch (kind) {
          case 0, 1 -> LENGTHS[kind];
          case SHORT -> 1 + random.nextInt(LONGEST_SHORT);
          default -> LENGTHS[kind] - headLength;
        };
    var text = new StringBuilder(payload);
    for (int i = 0; i < payload; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return head(number, kind, text.toString()) + text;
  }

  private String head(long number, int kind, String payload) {
    var sum = new CRC32C();
    sum.update((number + payload).getBytes(StandardCharsets.US_ASCII));
    return "producer=%s n=%d class=%d sum=%08x ".formatted(producer, number, kind, sum.getValue());
  }
}
