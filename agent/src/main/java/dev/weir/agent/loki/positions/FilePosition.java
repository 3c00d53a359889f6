package dev.weir.agent.loki.positions;

import java.util.List;

/// How far a rotated file has been confirmed: a mark in each of its generations, oldest first.
///
/// @param generations those with something unconfirmed and the newest; before them those that are
///   confirmed whole but still lie beside the file, so that they are not taken for new ones
public record FilePosition(List<FileMark> generations) implements Position {
  public FilePosition {
    generations = List.copyOf(generations);
  }
}
