package dev.weir.agent.cli;

import dev.weir.agent.component.Stability;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a stability level.
final class StabilityName implements ITypeConverter<Stability> {
  @Override
  public Stability convert(String text) {
    return Arrays.stream(Stability.values())
        .filter(level -> level.text().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new TypeConversionException(
                "invalid stability level \""
                    + text
                    + "\": use generally-available, public-preview or experimental"));
  }
}
