package dev.weir.agent.loki.source.docker;

import dev.weir.agent.docker.Container;
import dev.weir.agent.docker.ContainerEvent;
import dev.weir.agent.docker.ContainerWatch;
import dev.weir.agent.docker.EngineException;
import dev.weir.agent.docker.EngineVersion;
import java.time.Duration;
import java.util.List;
import java.util.Queue;

/// Puts what the watch finds out into a [Collector]'s inbox.
record WatchListener(Queue<Signal> inbox, NewLogs newLogs) implements ContainerWatch.Listener {
  @Override
  public void connected(EngineVersion version) throws InterruptedException {
    newLogs.prepare();
    inbox.add(new Signal.Connected(version));
  }

  @Override
  public void listed(List<Container> containers) {
    inbox.add(new Signal.Listed(containers));
  }

  @Override
  public void happened(ContainerEvent event) {
    inbox.add(new Signal.Happened(event));
  }

  @Override
  public void lost(EngineException problem, Duration pause) {
    inbox.add(new Signal.Lost(problem, pause));
  }
}
