package dev.weir.agent.loki.write;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The entries of a push that Loki's message can be about: those of streams that are refused as a
/// whole, and those whose time or length are what it complains of.
final class Suspects {
  private static final Pattern OLDEST =
      Pattern.compile("oldest acceptable timestamp is: ([0-9TZ:.+-]{10,40})");
  private static final Pattern NEW = Pattern.compile("has timestamp too new: ([0-9TZ:.+-]{10,40})");
  private static final Pattern LONGEST = Pattern.compile("[Mm]ax entry size '(\\d{1,15})' bytes");
  private static final long SECOND = 1_000_000_000;

  private final Rejection rejection;
  private final OptionalLong oldest;
  private final OptionalLong newest;
  private final OptionalLong longest;

  Suspects(Rejection rejection) {
    this.rejection = rejection;
    String text = rejection.text();
    oldest = time(OLDEST.matcher(text), true);
    newest = time(NEW.matcher(text), false);
    Matcher length = LONGEST.matcher(text);
    longest =
        length.find() ? OptionalLong.of(Long.parseLong(length.group(1))) : OptionalLong.empty();
  }

  /// A time in nanoseconds; Loki tells whole seconds.
  private static OptionalLong time(Matcher matcher, boolean latest) {
    OptionalLong found = OptionalLong.empty();
    while (matcher.find()) {
      try {
        long seconds = Instant.parse(matcher.group(1)).getEpochSecond();
        long nanos = Math.multiplyExact(seconds, SECOND);
        boolean better =
            found.isEmpty() || (latest ? nanos > found.getAsLong() : nanos < found.getAsLong());
        found = better ? OptionalLong.of(nanos) : found;
      } catch (DateTimeParseException | ArithmeticException e) {
        // Not a time that Loki would write.
      }
    }
    return found;
  }

  /// Those among the entries of a push; all of them when it could be any.
  List<PushContent.Item> of(PushContent content) {
    List<PushContent.Item> all = content.items();
    List<PushContent.Item> suspects = all.stream().filter(this::isSuspect).toList();
    return suspects.isEmpty() ? all : suspects;
  }

  private boolean isSuspect(PushContent.Item item) {
    return (oldest.isPresent() && item.timestamp() < oldest.getAsLong())
        || (newest.isPresent() && item.timestamp() >= newest.getAsLong())
        || (longest.isPresent() && item.line().length > longest.getAsLong())
        || rejection.refuses(item.labels());
  }
}
