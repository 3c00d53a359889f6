package dev.weir.agent.cli;

import java.util.Objects;

/// Which release of Weir this is.
final class Release {
  /// Without a leading `v`; `dev` where the classes do not come from the jar.
  static final String VERSION =
      Objects.requireNonNullElse(Release.class.getPackage().getImplementationVersion(), "dev");

  private Release() {}
}
