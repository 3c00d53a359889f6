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

/// First loads, exports that change, and health.
class EvaluationTest {
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
  void makesAndStartsComponentsAfterThoseTheyReferTo() throws Exception {
    runtime.load(
        "test.passthrough \"last\" { input = test.passthrough.middle.output + \"c\" }",
        "test.passthrough \"middle\" { input = test.passthrough.first.output + \"b\" }",
        "test.passthrough \"first\" { input = \"a\" }");

    assertThat(runtime.journal().events())
        .startsWith(
            "made test.passthrough.first",
            "made test.passthrough.middle",
            "made test.passthrough.last");
    assertThat(runtime.info("test.passthrough.last").exports()).hasToString("Output[output=abc]");
    assertThat(runtime.runtime().ready()).isTrue();
    await()
        .untilAsserted(
            () -> assertThat(runtime.journal().events()).contains("started test.passthrough.last"));
  }

  @Test
  void runsNothingWhenTheFirstLoadHasAnyError() throws Exception {
    var messages =
        runtime.failureOf(() ->
            runtime.load(
                "test.passthrough \"good\" { input = \"a\" }",
                "test.passthrough \"bad\" { input = \"bad\" }",
                "test.passthrough \"wrong\" { input = [1] }",
                "test.passthrough \"empty\" { }",
                "test.passthrough \"follows\" { input = test.passthrough.bad.output }"));

    assertThat(messages)
        .containsExactly(
            "main.river:2:1: Failed to build component: building component: the input is bad",
            "main.river:3:36: [1] should be string, got array",
            "main.river:4:1: Failed to build component: decoding configuration: missing required"
                + " attribute \"input\"");
    assertThat(runtime.journal().events()).noneMatch(event -> event.startsWith("started"));
    assertThat(runtime.runtime().components()).isEmpty();
    assertThat(runtime.runtime().ready()).isFalse();
  }

  @Test
  void takesAFaultOfAComponentForAFailureOfThatComponentAlone() throws Exception {
    runtime.load("test.passthrough \"a\" { input = \"1\" }");

    var messages =
        runtime.failureOf(() ->
            runtime.reload(
                "test.passthrough \"a\" { input = \"fault\" }",
                "test.passthrough \"b\" { input = \"1\" }"));

    assertThat(messages)
        .containsExactly(
            "main.river:1:1: Failed to build component: updating component: never thought of");
    assertThat(runtime.health("test.passthrough.b").state()).isEqualTo(State.HEALTHY);
  }

  @Test
  void loadsAfterALoadThatFailed() throws Exception {
    runtime.failureOf(() -> runtime.load("test.passthrough \"a\" { input = \"bad\" }"));

    runtime.load("test.passthrough \"a\" { input = \"good\" }");

    assertThat(runtime.health("test.passthrough.a").state()).isEqualTo(State.HEALTHY);
  }

  @Test
  void evaluatesDependantsAnewWhenExportsChange() throws Exception {
    runtime.load(
        "test.ticker \"t\" { }",
        "test.passthrough \"a\" { input = test.ticker.t.value + \"!\" }",
        "test.passthrough \"b\" { input = test.passthrough.a.output + \"?\" }");

    runtime.components().publish("test.ticker.t", "second");

    await()
        .untilAsserted(() ->
            assertThat(runtime.info("test.passthrough.b").exports())
                .hasToString("Output[output=second!?]"));
  }

  @Test
  void leavesDependantsAloneWhenExportsAreTheSame() throws Exception {
    runtime.load("test.ticker \"t\" { }", "test.passthrough \"a\" { input = test.ticker.t.value }");

    runtime.components().publish("test.ticker.t", "first");
    runtime.components().publish("test.ticker.t", "last");

    await()
        .untilAsserted(() ->
            assertThat(runtime.info("test.passthrough.a").exports())
                .hasToString("Output[output=last]"));
    assertThat(runtime.journal().events())
        .filteredOn(event -> event.equals("updated test.passthrough.a"))
        .hasSize(1);
  }

  @Test
  void keepsOldArgumentsAndTurnsUnhealthyWhenNewOnesAreRefused() throws Exception {
    runtime.load("test.ticker \"t\" { }", "test.passthrough \"a\" { input = test.ticker.t.value }");

    runtime.components().publish("test.ticker.t", "bad");

    await()
        .untilAsserted(() ->
            assertThat(runtime.health("test.passthrough.a").state()).isEqualTo(State.UNHEALTHY));
    assertThat(runtime.health("test.passthrough.a").message())
        .startsWith("component evaluation failed: ")
        .endsWith("updating component: the input is bad");
    assertThat(runtime.info("test.passthrough.a").arguments())
        .hasToString("PassthroughArguments[input=first]");
    assertThat(runtime.runtime().unhealthy()).containsExactly("test.passthrough.a");

    runtime.components().publish("test.ticker.t", "good");

    await()
        .untilAsserted(() ->
            assertThat(runtime.health("test.passthrough.a").state()).isEqualTo(State.HEALTHY));
  }

  @Test
  void showsComponentsThatReturnOrThrowAsExited() throws Exception {
    runtime.load(
        "test.exiting \"a\" { how = \"return\" }", "test.exiting \"b\" { how = \"throw\" }");

    await()
        .untilAsserted(() -> {
          assertThat(runtime.health("test.exiting.a").state()).isEqualTo(State.EXITED);
          assertThat(runtime.health("test.exiting.b").state()).isEqualTo(State.EXITED);
        });
    assertThat(runtime.health("test.exiting.a").message()).isEqualTo("component shut down cleanly");
    assertThat(runtime.health("test.exiting.b").message())
        .isEqualTo("component shut down with error: java.lang.IllegalStateException: out of order");
    assertThat(runtime.runtime().unhealthy()).containsExactly("test.exiting.a", "test.exiting.b");
  }

  @Test
  void tellsWhoRefersToWhom() throws Exception {
    runtime.load("test.ticker \"t\" { }", "test.passthrough \"a\" { input = test.ticker.t.value }");

    ComponentInfo ticker = runtime.info("test.ticker.t");
    ComponentInfo passthrough = runtime.info("test.passthrough.a");

    assertThat(ticker.referencedBy()).containsExactly("test.passthrough.a");
    assertThat(ticker.referencesTo()).isEmpty();
    assertThat(passthrough.referencesTo()).containsExactly("test.ticker.t");
    assertThat(passthrough.name()).isEqualTo("test.passthrough");
    assertThat(passthrough.label()).isEqualTo("a");
  }
}
