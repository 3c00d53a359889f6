package dev.weir.agent.cli;

import dev.weir.agent.runtime.TapAccess;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads who may tap as the `server` block does.
final class TapAccessName implements ITypeConverter<TapAccess> {
  @Override
  public TapAccess convert(String text) {
    try {
      return TapAccess.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
