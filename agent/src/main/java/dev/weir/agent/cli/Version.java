package dev.weir.agent.cli;

import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class Version {
  private Version() {}

  /// The lines that `--version` prints.
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "weir, version v" + Release.VERSION,
        "  runtime:  "
            + System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.version"),
        "  platform: " + System.getProperty("os.name") + "/" + System.getProperty("os.arch"),
      };
    }
  }
}
