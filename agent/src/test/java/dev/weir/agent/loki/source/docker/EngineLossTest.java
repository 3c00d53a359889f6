package dev.weir.agent.loki.source.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Health;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.DockerEngine;
import dev.weir.agent.testkit.EngineProxy;
import dev.weir.agent.testkit.NeedsDocker;
import dev.weir.agent.testkit.TestContainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent does whose Engine misbehaves.
@NeedsDocker
class EngineLossTest {
  private static final String SLOW_NUMBERS =
      "for i in $(seq 400); do echo $i; [ $((i % 20)) = 0 ] && sleep 0.05; done; echo end; sleep 60";

  @TempDir Path storage;

  private EngineProxy proxy(DockerEngine docker) {
    return new EngineProxy(storage.resolve("docker.sock"), docker.address());
  }

  private SourceUnderTest source(EngineProxy proxy, String id, String readFrom) {
    return new SourceUnderTest(
        storage,
        new CollectingReceiver(),
        """
        host       = "%s"
        targets    = [{"__meta_docker_container_id" = "%s"}]
        forward_to = [receiver]
        read_from  = "%s"
        """
            .formatted(proxy.address(), id, readFrom));
  }

  @Test
  void neitherRepeatsNorSkipsWhenLogStreamsBreak(DockerEngine docker) {
    try (EngineProxy proxy = proxy(docker)) {
      proxy.listen();
      String id = docker.start(TestContainer.running(SLOW_NUMBERS));
      try (var source = source(proxy, id, "api")) {
        for (int seen = 50; seen <= 350; seen += 50) {
          source.entries(seen);
          proxy.drop();
        }
        source.linesUntil("end");
        assertThat(source.receiver.lines()).isEqualTo(numbersAndEnd(400));
      }
    }
  }

  @Test
  void findsItsPlaceAmongEqualLinesWhenAnswersBreakInTheMiddleOfRecords(DockerEngine docker) {
    try (EngineProxy proxy = proxy(docker)) {
      String id = docker.runToEnd(TestContainer.running("yes same | head -3000; echo end"));
      proxy.listen();
      proxy.breakAfter(20_011);
      try (var source = source(proxy, id, "api")) {
        await().atMost(Duration.ofSeconds(30)).until(() -> proxy.requests().size() > 12);
        proxy.breakAfter(Long.MAX_VALUE);
        proxy.drop();
        source.linesUntil("end");
        assertThat(source.receiver.lines()).hasSize(3001);
      }
    }
  }

  @Test
  void waitsForAnEngineThatIsNotThereYet(DockerEngine docker) {
    String id = docker.start(TestContainer.running("echo hello; sleep 60"));
    try (EngineProxy proxy = proxy(docker);
        var source = source(proxy, id, "auto")) {
      await().until(() -> state(source) == Health.State.UNHEALTHY);
      assertThat(source.component.health().orElseThrow().message()).contains("docker.sock");

      proxy.listen();

      source.linesUntil("hello");
      await().until(() -> state(source) == Health.State.HEALTHY);
    }
  }

  @Test
  void readsFilesOnWhileTheEngineIsAwayAndSeesWhatChangedMeanwhile(DockerEngine docker) {
    try (EngineProxy proxy = proxy(docker)) {
      proxy.listen();
      String gate = "while [ ! -e /go ]; do sleep 0.05; done";
      String id =
          docker.start(TestContainer.running("echo before; " + gate + "; echo after; sleep 60"));
      try (var source = source(proxy, id, "auto")) {
        source.linesUntil("before");
        proxy.leave();
        await().until(() -> state(source) == Health.State.UNHEALTHY);
        docker.touch(id, "/go");

        source.linesUntil("after");
        assertThat(state(source)).isEqualTo(Health.State.UNHEALTHY);

        docker.client().restartContainerCmd(id).withTimeout(0).exec();
        proxy.listen();
        await().until(() -> state(source) == Health.State.HEALTHY);
        source.entries(4);
        assertThat(source.receiver.lines()).containsExactly("before", "after", "before", "after");
      }
    }
  }

  @Test
  void asksForNothingButWhatReadersNeed(DockerEngine docker) {
    try (EngineProxy proxy = proxy(docker)) {
      proxy.listen();
      String id = docker.runToEnd(TestContainer.running("echo hello"));
      try (var source = source(proxy, id, "api")) {
        source.linesUntil("hello");
      }
      assertThat(proxy.requests())
          .isNotEmpty()
          .allMatch(line ->
              line.matches(
                  "GET /(version|info|events|containers/json|containers/[0-9a-f]{64}/(json|logs))"
                      + "(\\?\\S*)? HTTP/1.1"));
    }
  }

  private static Health.State state(SourceUnderTest source) {
    return source.component.health().map(Health::state).orElse(Health.State.UNKNOWN);
  }

  private static List<String> numbersAndEnd(int count) {
    return IntStream.rangeClosed(1, count + 1)
        .mapToObj(i -> i > count ? "end" : Integer.toString(i))
        .toList();
  }
}
