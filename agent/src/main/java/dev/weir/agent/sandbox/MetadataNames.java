package dev.weir.agent.sandbox;

import dev.weir.agent.loki.Metadata;
import java.util.List;

/// Makes names of structured metadata what Loki stores them as.
final class MetadataNames {
  private MetadataNames() {}

  /// Metadata of name, value, name, value...
  static Metadata metadata(List<String> pairs) {
    String[] stored = pairs.toArray(String[]::new);
    for (int i = 0; i < stored.length; i += 2) {
      stored[i] = stored(stored[i]);
    }
    return Metadata.of(stored);
  }

  /// A name with every character that a label may not have replaced by an underscore.
  private static String stored(String name) {
    var out = new StringBuilder(name);
    for (int i = 0; i < out.length(); i++) {
      if (!LabelsText.isName(out.charAt(i), 1)) {
        out.setCharAt(i, '_');
      }
    }
    if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
      out.insert(0, "key_");
    }
    return out.toString();
  }
}
