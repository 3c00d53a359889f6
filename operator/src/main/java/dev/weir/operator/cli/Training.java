package dev.weir.operator.cli;

final class Training {
  private Training() {}

  static void run() throws Exception {}
}
