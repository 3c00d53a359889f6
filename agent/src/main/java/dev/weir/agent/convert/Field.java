package dev.weir.agent.convert;

import dev.weir.agent.river.Statement;
import java.util.List;

/// How a field of a section becomes statements of River.
@FunctionalInterface
interface Field {
  /// Takes the field out of the section and adds what it becomes, if it is there.
  void convert(Section section, List<Statement> into);
}
