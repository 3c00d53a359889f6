package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.ObjectValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `constants`: where and what this agent is, in Go's words.
final class Constants {
  static final Value VALUE =
      new ObjectValue(
          Map.of(
              "hostname", new StringValue(hostname()),
              "os", new StringValue(os(System.getProperty("os.name", ""))),
              "arch", new StringValue(arch(System.getProperty("os.arch", ""))),
              "version", new StringValue(version())));

  private Constants() {}

  /// As the kernel has it; asking the resolver may take seconds where names are not set up.
  private static String hostname() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return resolvedHostname();
    }
  }

  private static String resolvedHostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  static String os(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("mac")) {
      return "darwin";
    }
    return lower.startsWith("windows") ? "windows" : lower;
  }

  static String arch(String name) {
    return switch (name) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> name;
    };
  }

  private static String version() {
    @Nullable String version = Constants.class.getPackage().getImplementationVersion();
    return version == null ? "v0.0.0" : "v" + version;
  }
}
