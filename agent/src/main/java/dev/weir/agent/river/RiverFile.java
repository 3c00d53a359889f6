package dev.weir.agent.river;

import java.util.List;

/// A parsed file.
///
/// @param comments all comments in source order, for the printer
public record RiverFile(SourceFile source, Body body, List<Comment> comments) {
  public RiverFile {
    comments = List.copyOf(comments);
  }
}
