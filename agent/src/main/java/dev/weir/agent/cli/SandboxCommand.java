package dev.weir.agent.cli;

import dev.weir.agent.river.eval.ByteSize;
import dev.weir.agent.sandbox.Sandbox;
import dev.weir.agent.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `weir sandbox`: a small Loki in memory.
@Command(
    name = "sandbox",
    description = "Serve a small in-memory Loki: push, query, query_range, labels, series.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Nothing is written to disk, and the oldest entries go when the memory is full. LogQL is that",
      "of stream selectors and line filters. For trying things out; production needs a real Loki.",
      "",
      "Examples:",
      "  weir sandbox --listen-addr=127.0.0.1:3100",
      "  curl -sG http://127.0.0.1:3100/loki/api/v1/query_range --data-urlencode 'query={job=\"docker\"}'"
    })
final class SandboxCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--listen-addr",
      paramLabel = "HOST:PORT",
      converter = ListenAddress.class,
      defaultValue = "127.0.0.1:3100",
      description = "Where to listen. Default: ${DEFAULT-VALUE}")
  private InetSocketAddress listen = new InetSocketAddress("127.0.0.1", 3100);

  @Option(
      names = "--max-bytes",
      paramLabel = "SIZE",
      converter = Size.class,
      defaultValue = "32MiB",
      description = "Memory for entries. Default: ${DEFAULT-VALUE}")
  private ByteSize maxBytes = new ByteSize(32L << 20);

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.at(listen, maxBytes.bytes()))) {
      out.println("sandbox: listening on " + sandbox.url());
      out.println("sandbox: push to " + sandbox.pushUrl());
      out.flush();
      var stopped = new CountDownLatch(1);
      Signals.on("TERM", stopped::countDown);
      Signals.on("INT", stopped::countDown);
      stopped.await();
    }
    return 0;
  }

  /// Reads a size as River does.
  static final class Size implements ITypeConverter<ByteSize> {
    @Override
    public ByteSize convert(String text) {
      try {
        return ByteSize.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
