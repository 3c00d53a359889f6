package dev.weir.agent.sandbox;

import dev.weir.agent.go.GoQuote;
import dev.weir.agent.loki.Metadata;
import java.util.List;

/// Makes names of structured metadata what Loki stores them as.
final class MetadataNames {
  private MetadataNames() {}

  /// Metadata of name, value, name, value...
  ///
  /// @throws BadRequest for a name in which nothing is left; Loki takes that for a fault of its own
  static Metadata metadata(List<String> pairs) throws BadRequest {
    String[] stored = pairs.toArray(String[]::new);
    for (int i = 0; i < stored.length; i += 2) {
      stored[i] = stored(stored[i]);
    }
    return Metadata.of(stored);
  }

  /// A name with every character that a label may not have replaced by an underscore.
  private static String stored(String name) throws BadRequest {
    if (name.isEmpty()) {
      throw new BadRequest(500, "label name is empty");
    }
    var out = new StringBuilder(name);
    for (int i = 0; i < out.length(); i++) {
      if (!LabelsText.isName(out.charAt(i), 1)) {
        out.setCharAt(i, '_');
      }
    }
    if (Character.isDigit(name.charAt(0))) {
      out.insert(0, "key_");
    }
    String stored = out.toString();
    if (stored.chars().allMatch(c -> c == '_')) {
      throw new BadRequest(
          500,
          "normalization for label name %s resulted in invalid name \"_\""
              .formatted(GoQuote.quote(name)));
    }
    return stored;
  }
}
