package dev.weir.agent.sandbox;

import dev.weir.agent.loki.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Checks the streams of a push and stores what passes.
///
/// Thread-safe.
final class Pushes {
  /// As many entries as a refusal of Loki names one by one.
  private static final int MAX_NAMED = 10;

  private final SandboxOptions options;
  private final Store store;
  private final LongAdder rejected = new LongAdder();

  Pushes(SandboxOptions options, Store store) {
    this.options = options;
    this.store = store;
  }

  /// Entries refused so far.
  long rejected() {
    return rejected.sum();
  }

  /// Stores the streams of a push.
  ///
  /// @throws BadRequest if something was refused; everything else is stored all the same
  void store(String tenant, List<PushedStream> streams) throws BadRequest {
    if (streams.isEmpty()) {
      throw new BadRequest(422, "error at least one valid stream is required for ingestion");
    }
    var check = new PushCheck(options.limits(), options.clock().instant());
    List<String> invalid = new ArrayList<>();
    String behind = null;
    for (PushedStream stream : streams) {
      Labels labels = Discovery.withServiceName(stream.labels());
      List<PushedEntry> valid = valid(check, labels, stream, invalid);
      if (!valid.isEmpty()) {
        String refused = add(tenant, stream.labels(), labels, valid);
        behind = behind == null ? refused : behind;
      }
    }
    if (behind != null) {
      throw new BadRequest(behind);
    }
    if (!invalid.isEmpty()) {
      throw new BadRequest(grouped(invalid));
    }
  }

  private List<PushedEntry> valid(
      PushCheck check, Labels labels, PushedStream stream, List<String> invalid) {
    String wrong = check.labels(labels);
    if (wrong != null) {
      invalid.add(wrong);
      rejected.add(stream.entries().size());
      return List.of();
    }
    List<PushedEntry> valid = new ArrayList<>(stream.entries().size());
    for (PushedEntry entry : stream.entries()) {
      String error = check.entry(labels, entry);
      if (error == null) {
        valid.add(entry);
      } else {
        invalid.add(error);
        rejected.increment();
      }
    }
    return valid;
  }

  private @Nullable String add(
      String tenant, Labels pushed, Labels labels, List<PushedEntry> entries) {
    Store.Outcome outcome =
        store.add(tenant, pushed, labels, entries, options.limits().unorderedWindow().toNanos());
    List<PushedEntry> refused = outcome.tooFarBehind();
    if (refused.isEmpty()) {
      return null;
    }
    rejected.add(refused.size());
    var text = new StringBuilder();
    for (PushedEntry entry : refused.subList(0, Math.min(MAX_NAMED, refused.size()))) {
      text.append("entry with timestamp ").append(PushCheck.goTime(entry.timestamp()));
      text.append(" ignored, reason: 'entry too far behind, entry timestamp is: ");
      text.append(PushCheck.time(entry.timestamp()));
      text.append(", oldest acceptable timestamp is: ");
      text.append(PushCheck.time(outcome.oldestAcceptable())).append("',\n");
    }
    return text.append(
            "user '%s', total ignored: %d out of %d for stream: %s"
                .formatted(tenant, refused.size(), entries.size(), labels))
        .toString();
  }

  private static String grouped(List<String> errors) {
    if (errors.size() == 1) {
      return errors.getFirst();
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    errors.forEach(error -> counts.merge(error, 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    counts.forEach((error, count) -> parts.add(count + " errors like: " + error));
    return String.join("; ", parts);
  }
}
