package dev.weir.agent.loki.source.kafka;

import dev.weir.agent.httpclient.Certificates;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives test classes one broker, started for the first and stopped after the last.
final class SharedBroker implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedBroker.class);

  /// A broker with its directory, which goes with it.
  private record Started(Path directory, KafkaBroker broker) implements AutoCloseable {
    static Started start() {
      try {
        Path directory = Files.createTempDirectory("weir-kafka");
        Certificates certificate =
            Certificates.make(directory, "broker", "RSA", "IP:127.0.0.1,DNS:broker.test");
        return new Started(directory, new KafkaBroker(directory, certificate));
      } catch (Exception e) {
        throw new IllegalStateException("the broker does not start", e);
      }
    }

    @Override
    public void close() throws IOException {
      broker.close();
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KafkaBroker.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent("broker", _ -> Started.start(), Started.class)
        .broker();
  }
}
