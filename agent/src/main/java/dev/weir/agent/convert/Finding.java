package dev.weir.agent.convert;

/// What somebody should know of a conversion.
///
/// @param text for people; names the line where there is one
public record Finding(Severity severity, String text) {
  /// How bad it is.
  public enum Severity {
    /// Nothing could be converted.
    CRITICAL("Critical"),
    /// Something would be missing: the result does less than its source.
    ERROR("Error"),
    /// Something differs that most do not rely on.
    WARNING("Warning"),
    /// Worth knowing.
    INFO("Info");

    private final String title;

    Severity(String title) {
      this.title = title;
    }
  }

  /// A line of a report.
  @Override
  public String toString() {
    return "(" + severity.title + ") " + text;
  }
}
