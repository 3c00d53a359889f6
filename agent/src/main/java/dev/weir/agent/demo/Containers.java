package dev.weir.agent.demo;

import dev.weir.agent.go.GoQuote;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.SourceFile;
import java.net.URI;
import java.nio.file.Path;

/// The containers of an Engine, read with a configuration made for production: only the addresses
/// and the place of its state are exchanged.
///
/// @param engine its address, such as `unix:///var/run/docker.sock`
/// @param scratch where state goes
record Containers(String engine, SourceFile source, Path scratch) implements Subject {
  @Override
  public String description() {
    return "the containers of the Docker Engine at " + engine;
  }

  @Override
  public String configuration(URI loki) throws DiagnosticsException {
    String positions = scratch.resolve("positions.yaml").toString();
    return ConfigurationText.parse(source)
        .set("loki.write/endpoint", "url", GoQuote.quote(loki.toString()))
        .set("loki.source.docker", "host", GoQuote.quote(engine))
        .set("discovery.docker", "host", GoQuote.quote(engine))
        .set("loki.source.docker", "positions_path", GoQuote.quote(positions))
        .text();
  }

  @Override
  public void close() {}
}
