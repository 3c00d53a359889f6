package dev.weir.agent.loki.source.journal;

/// Error numbers of the kernel, as people know them.
final class Errno {
  private Errno() {}

  static String text(int number) {
    return switch (number) {
      case 1 -> "operation not permitted";
      case 2 -> "no such file or directory";
      case 5 -> "input/output error";
      case 12 -> "out of memory";
      case 13 -> "permission denied";
      case 20 -> "not a directory";
      case 22 -> "invalid argument";
      case 24 -> "too many open files";
      case 28 -> "no space, or no inotify watches left";
      case 74 -> "damaged";
      case 93, 95 -> "written by a newer or differently built systemd";
      default -> "error " + number;
    };
  }
}
