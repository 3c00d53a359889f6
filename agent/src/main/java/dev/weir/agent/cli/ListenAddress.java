package dev.weir.agent.cli;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `HOST:PORT`; an empty host means every address.
final class ListenAddress implements ITypeConverter<InetSocketAddress> {
  private static final int MAX_PORT = 65535;

  @Override
  public InetSocketAddress convert(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new TypeConversionException("address " + text + ": missing port in address");
    }
    String host = text.substring(0, colon).replaceAll("^\\[|]$", "");
    int port;
    try {
      port = Integer.parseInt(text.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw new TypeConversionException("address " + text + ": invalid port");
    }
    if (port < 0 || port > MAX_PORT) {
      throw new TypeConversionException("address " + text + ": invalid port");
    }
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
  }
}
