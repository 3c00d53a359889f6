package dev.weir.agent.convert;

import dev.weir.agent.convert.Finding.Severity;
import java.util.List;

/// What came of a conversion.
///
/// @param river the configuration; empty after a critical finding
/// @param findings in the order of the lines that they are about
public record Conversion(String river, List<Finding> findings) {
  public Conversion {
    findings = List.copyOf(findings);
  }

  /// Whether something of at least this severity was found.
  public boolean found(Severity least) {
    return findings.stream().anyMatch(finding -> finding.severity().compareTo(least) <= 0);
  }
}
