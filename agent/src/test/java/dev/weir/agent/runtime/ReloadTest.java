package dev.weir.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Health.State;
import dev.weir.agent.testkit.TestRuntime;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a reload changes and what it leaves alone.
class ReloadTest {
  @TempDir private Path directory;
  private TestRuntime runtime;

  @BeforeEach
  void makeRuntime() {
    runtime = new TestRuntime(directory);
  }

  @AfterEach
  void stopRuntime() throws Exception {
    runtime.stop();
  }

  @Test
  void updatesOnlyComponentsWhoseArgumentsDiffer() throws Exception {
    runtime.load(
        "test.passthrough \"a\" { input = \"1\" }", "test.passthrough \"b\" { input = \"1\" }");
    runtime.journal().clear();

    runtime.reload(
        "// moved and written otherwise, but the same",
        "test.passthrough \"b\" { input = \"2\" }",
        "test.passthrough \"a\" { input = string.format(\"%d\", 1) }");

    assertThat(runtime.journal().events())
        .contains("updated test.passthrough.b")
        .doesNotContain("updated test.passthrough.a")
        .noneMatch(event -> event.startsWith("made"))
        .noneMatch(event -> event.startsWith("stopped"));
  }

  @Test
  void startsWhatIsNewAndStopsWhatIsGone() throws Exception {
    runtime.load("test.passthrough \"old\" { input = \"1\" }");
    awaitEvent("started test.passthrough.old");

    runtime.reload("test.passthrough \"new\" { input = \"1\" }");

    assertThat(runtime.journal().contains("stopped test.passthrough.old")).isTrue();
    awaitEvent("started test.passthrough.new");
    assertThat(runtime.runtime().components())
        .extracting(ComponentInfo::localId)
        .containsExactly("test.passthrough.new");
  }

  @Test
  void keepsTheOldGraphWhenTheNewFileIsInvalid() throws Exception {
    runtime.load("test.passthrough \"a\" { input = \"1\" }");
    awaitEvent("started test.passthrough.a");
    runtime.journal().clear();

    var messages =
        runtime.failureOf(() ->
            runtime.reload("test.passthrough \"a\" { input = \"2\" }", "test.unknown \"b\" { }"));

    assertThat(messages)
        .containsExactly(
            "main.river:2:1: cannot find the definition of component name \"test.unknown\"");
    assertThat(runtime.journal().events()).isEmpty();
    assertThat(runtime.info("test.passthrough.a").arguments())
        .hasToString("PassthroughArguments[input=1]");
    assertThat(runtime.runtime().ready()).isTrue();
  }

  @Test
  void changesAllOthersWhenOneComponentRefusesItsArguments() throws Exception {
    runtime.load(
        "test.passthrough \"a\" { input = \"1\" }", "test.passthrough \"b\" { input = \"1\" }");

    var messages =
        runtime.failureOf(() ->
            runtime.reload(
                "test.passthrough \"a\" { input = \"bad\" }",
                "test.passthrough \"b\" { input = \"2\" }",
                "test.passthrough \"c\" { input = \"bad\" }"));

    assertThat(messages)
        .containsExactly(
            "main.river:1:1: Failed to build component: updating component: the input is bad",
            "main.river:3:1: Failed to build component: building component: the input is bad");
    assertThat(runtime.info("test.passthrough.a").arguments())
        .hasToString("PassthroughArguments[input=1]");
    assertThat(runtime.info("test.passthrough.b").arguments())
        .hasToString("PassthroughArguments[input=2]");
    assertThat(runtime.info("test.passthrough.c").arguments()).isNull();
    assertThat(runtime.runtime().unhealthy())
        .containsExactly("test.passthrough.a", "test.passthrough.c");
  }

  @Test
  void runsANewComponentAsSoonAsItsArgumentsBecomeUsable() throws Exception {
    runtime.load("test.ticker \"t\" { }");
    runtime.components().publish("test.ticker.t", "bad");
    String ticker = "test.ticker \"t\" { }";
    String follower = "test.passthrough \"a\" { input = test.ticker.t.value }";
    runtime.failureOf(() -> runtime.reload(ticker, follower));

    runtime.components().publish("test.ticker.t", "good");

    awaitEvent("started test.passthrough.a");
    assertThat(runtime.health("test.passthrough.a").state()).isEqualTo(State.HEALTHY);
  }

  @Test
  void makesAComponentThatHasExitedAnew() throws Exception {
    runtime.load("test.exiting \"a\" { how = \"throw\" }");
    await()
        .untilAsserted(
            () -> assertThat(runtime.health("test.exiting.a").state()).isEqualTo(State.EXITED));
    runtime.journal().clear();

    runtime.runtime().reload();

    assertThat(runtime.journal().events()).contains("made test.exiting.a");
    assertThat(runtime.scrape()).contains("test_exits_total{component_id=\"test.exiting.a\"");
  }

  @Test
  void swapsTheFeederBeforeItStopsTheReceiver() throws Exception {
    runtime.load(
        "test.pipe \"source\" { forward_to = [test.pipe.old.receiver] }", "test.pipe \"old\" { }");
    awaitEvent("started test.pipe.old");

    runtime.reload(
        "test.pipe \"source\" { forward_to = [test.pipe.new.receiver] }", "test.pipe \"new\" { }");

    assertThat(runtime.journal().events())
        .containsSubsequence(
            "made test.pipe.new", "updated test.pipe.source", "stopped test.pipe.old");
    assertThat(runtime.journal().events()).noneMatch(event -> event.startsWith("lost"));
  }

  @Test
  void keepsAReceiverRunningWhileArgumentsInForceReferToIt() throws Exception {
    runtime.load(
        "test.pipe \"source\" { forward_to = [test.pipe.old.receiver] }", "test.pipe \"old\" { }");
    awaitEvent("started test.pipe.old");

    runtime.failureOf(() ->
        runtime.reload(
            "test.pipe \"source\" {",
            "  forward_to = [test.pipe.new.receiver]",
            "  tag        = [\"wrong\"]",
            "}",
            "test.pipe \"new\" { }"));

    assertThat(runtime.journal().contains("stopped test.pipe.old")).isFalse();

    runtime.reload(
        "test.pipe \"source\" { forward_to = [test.pipe.new.receiver] }", "test.pipe \"new\" { }");

    assertThat(runtime.journal().contains("stopped test.pipe.old")).isTrue();
  }

  private void awaitEvent(String event) {
    await().untilAsserted(() -> assertThat(runtime.journal().events()).contains(event));
  }
}
