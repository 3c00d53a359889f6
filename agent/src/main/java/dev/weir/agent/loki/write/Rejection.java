package dev.weir.agent.loki.write;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Loki's message tells of the entries that it refuses.
///
/// Loki checks every stream and every entry of a push by itself. What passes is stored before it
/// answers 400 for the rest: sent again it would be there twice for who counts lines. That holds
/// for the checks of the distributor, which answers once ingesters have taken the rest, and for
/// those of an ingester, which goes on with the next entry. A text that is none of theirs, such as
/// a proxy's, says nothing of the others.
final class Rejection {
  /// What the distributor says of an entry, and an ingester of several.
  private static final Pattern OF_ENTRIES =
      Pattern.compile(
          "has timestamp too (?:old|new): "
              + "|[Mm]ax entry size '\\d+' bytes exceeded"
              + "|includes structured metadata, but this feature is disallowed"
              + "|has structured metadata too large: "
              + "|has too many structured metadata labels: "
              + "|total ignored: \\d+ out of \\d+ for stream: ");

  /// What the distributor says of a stream.
  private static final Pattern OF_STREAMS =
      Pattern.compile(
          "has \\d+ label names; limit "
              + "|has label (?:name|value) too long: "
              + "|at least one label pair is required per stream"
              + "|Error parsing labels '"
              + "|missing required labels ");

  private static final Pattern TOO_LONG =
      Pattern.compile("[Mm]ax entry size '\\d+' bytes exceeded");
  private static final Pattern COUNT = Pattern.compile("(\\d{1,9}) errors(?: like)?: ");
  private static final Pattern IGNORED =
      Pattern.compile("total ignored: (\\d{1,9}) out of \\d+ for stream: ");
  private static final String NO_LABELS = "{}";

  /// A label that Loki gives streams that come without it, before it looks at them.
  private static final String ADDED = "service_name=";

  private static final String ADDED_LABEL = ADDED + "\"(?:[^\"\\\\]++|\\\\.)*+\"";

  /// With the comma that goes with it.
  private static final Pattern ADDED_TO_OTHERS =
      Pattern.compile(", " + ADDED_LABEL + "|" + ADDED_LABEL + "(?:, )?");

  private final String text;
  private final String withoutAdded;
  private final boolean ofStreams;

  Rejection(String text) {
    this.text = text;
    this.withoutAdded = ADDED_TO_OTHERS.matcher(text).replaceAll("");
    this.ofStreams = OF_STREAMS.matcher(text).find();
  }

  /// The whole message.
  String text() {
    return text;
  }

  /// Why entries are refused.
  DropReason reason() {
    return TOO_LONG.matcher(text).find() ? DropReason.LINE_TOO_LONG : DropReason.INGESTER_ERROR;
  }

  /// Whether all entries but those that it tells of are stored.
  boolean isPartial() {
    return ofStreams || OF_ENTRIES.matcher(text).find();
  }

  /// How many errors it tells of, at least one: entries, and streams that are refused as a whole.
  long errors() {
    Matcher ignored = IGNORED.matcher(text);
    if (ignored.find()) {
      return Math.max(1, Long.parseLong(ignored.group(1)));
    }
    long errors = 0;
    Matcher counts = COUNT.matcher(text);
    while (counts.find()) {
      errors += Long.parseLong(counts.group(1));
    }
    return Math.max(1, errors);
  }

  /// Whether a stream is refused as a whole.
  ///
  /// @param labels as Loki has been sent them
  boolean refuses(String labels) {
    if (!ofStreams) {
      return false;
    }
    if (labels.equals(NO_LABELS)) {
      return text.contains("at least one label pair is required per stream");
    }
    String searched = labels.contains(ADDED) ? text : withoutAdded;
    String quoted = Pattern.quote(labels);
    return List.of(
            "entry for stream '" + quoted + "' has \\d+ label names; limit ",
            "stream '" + quoted + "' has label (?:name|value) too long: ",
            "Error parsing labels '" + quoted + "' with error: ",
            "missing required labels .{0,500} for stream " + quoted)
        .stream()
        .anyMatch(pattern -> Pattern.compile(pattern).matcher(searched).find());
  }
}
