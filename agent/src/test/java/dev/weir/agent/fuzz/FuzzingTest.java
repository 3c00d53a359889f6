package dev.weir.agent.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fuzzes targets, two at a time, with the profile `fuzz` only; its properties say for how long,
/// which, and from what seed.
class FuzzingTest {
  private static final Path TARGET = Path.of("target");
  private static final Logger LOG = LoggerFactory.getLogger(FuzzingTest.class);
  private static final ExecutorService SEARCHES =
      Executors.newFixedThreadPool(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 2));

  @AfterAll
  static void stop() {
    SEARCHES.shutdownNow();
    SEARCHES.close();
  }

  @TestFactory
  @EnabledIfSystemProperty(named = "weir.fuzz.seconds", matches = "\\d+")
  List<DynamicTest> bearsEveryInput() {
    int seconds = Integer.getInteger("weir.fuzz.seconds");
    int seed = Integer.getInteger("weir.fuzz.seed", (int) (System.nanoTime() >>> 10) & 0xffffff);
    String wanted = System.getProperty("weir.fuzz.targets", "");
    var tests = new ArrayList<DynamicTest>();
    for (FuzzTarget target : targets()) {
      if (target.toString().contains(wanted)) {
        var run = new FuzzRun(target, TARGET.resolve("fuzz"));
        Future<FuzzRun.Result> result = SEARCHES.submit(() -> run.search(seconds, seed));
        tests.add(dynamicTest(target.toString(), () -> check(target, seed, result.get())));
      }
    }
    return tests;
  }

  private static void check(FuzzTarget target, int seed, FuzzRun.Result result) {
    LOG.atInfo()
        .addKeyValue("target", target)
        .addKeyValue("seed", seed)
        .addKeyValue("inputs", result.executions())
        .log("fuzzed");
    assertThat(result.status())
        .as("%s with seed %d found %s%n%s", target, seed, result.found(), result.tail())
        .isZero();
    assertThat(result.executions()).as(result.tail()).isPositive();
  }

  @Test
  void everyTargetHasInputsToBeginWith() {
    Path resources = Path.of("src/test/resources");

    assertThat(targets())
        .isNotEmpty()
        .allSatisfy(target ->
            assertThat(resources.resolve(target.inputs()))
                .isDirectoryContaining(Files::isRegularFile));
  }

  private static List<FuzzTarget> targets() {
    return FuzzTarget.all(TARGET.resolve("test-classes"));
  }
}
