package dev.weir.agent.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The parameters of one query.
///
/// @param values every value of each name
/// @param now what relative times relate to
record Parameters(Map<String, List<String>> values, Instant now) {
  private static final int MAX_LIMIT = 5000;

  String first(String name) {
    return values.getOrDefault(name, List.of("")).getFirst();
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  long end() throws BadRequest {
    String text = first("end");
    return text.isEmpty() ? QueryTimes.nanos(now) : QueryTimes.time("end", text, now);
  }

  /// The start; without one, `since` before the end, or what is usual before now.
  long start(long end, Duration usual) throws BadRequest {
    String text = first("start");
    if (!text.isEmpty()) {
      return QueryTimes.time("start", text, now);
    }
    String since = first("since");
    Instant latest = QueryTimes.instant(end);
    Instant before = latest.isAfter(now) ? now : latest;
    return QueryTimes.nanos(
        before.minus(since.isEmpty() ? usual : QueryTimes.duration("since", since)));
  }

  int limit() throws BadRequest {
    String text = first("limit");
    if (text.isEmpty()) {
      return 100;
    }
    int limit;
    try {
      limit = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new BadRequest("strconv.Atoi: parsing \"" + text + "\": invalid syntax");
    }
    if (limit <= 0) {
      throw new BadRequest("limit must be a positive value");
    }
    if (limit > MAX_LIMIT) {
      throw new BadRequest(
          "max entries limit per query exceeded, limit > max_entries_limit_per_query (%d > %d)"
              .formatted(limit, MAX_LIMIT));
    }
    return limit;
  }

  boolean forward() throws BadRequest {
    String text = first("direction");
    if (text.isEmpty() || text.equalsIgnoreCase("backward")) {
      return false;
    }
    if (text.equalsIgnoreCase("forward")) {
      return true;
    }
    throw new BadRequest("invalid direction '" + text + "'");
  }

  /// Checks a step that the sandbox has no use for: entries have no steps.
  void checkStep() throws BadRequest {
    String text = first("step");
    if (text.isEmpty()) {
      return;
    }
    try {
      if (Double.parseDouble(text) > 0) {
        return;
      }
    } catch (NumberFormatException e) {
      if (QueryTimes.duration("step", text).isPositive()) {
        return;
      }
    }
    throw new BadRequest(
        "zero or negative query resolution step widths are not accepted. Try a positive integer");
  }
}
