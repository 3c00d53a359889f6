package dev.weir.agent.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/// Which Weir this is.
final class Version {
  private Version() {}

  /// The version without a leading `v`; `dev` where the classes do not come from the jar.
  static String text() {
    @Nullable String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  /// The lines that `--version` prints.
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "weir, version v" + text(),
        "  runtime:  "
            + System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.version"),
        "  platform: " + System.getProperty("os.name") + "/" + System.getProperty("os.arch"),
      };
    }
  }
}
