package dev.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.operator.api.ConditionType;
import dev.weir.operator.testkit.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FaultsTest {
  private static final String LOKI = "https://loki.example.com/push";

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void refusedAndFailedWritesAreMadeAgain() {
    cluster.server().fail("apply", "configmaps", Fault.tooManyRequests(1), 2);
    cluster.server().fail("apply", "daemonsets", Fault.status(500), 1);
    cluster.server().fail("create", "events", Fault.status(409), 1);
    cluster.start();

    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.pipeline("team-a", "shop", LOKI));

    await().until(() -> cluster.daemonSet() != null && cluster.files().size() == 1);
    cluster.awaitReason("shop", ConditionType.ACCEPTED, "Accepted");
    assertThat(cluster.server().faultsLeft()).isZero();
  }

  @Test
  void brokenAndExpiredWatchesAreBegunAgain() {
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.pipeline("team-a", "one", LOKI));
    await().until(() -> cluster.files().size() == 1);

    cluster.server().endWatches();
    cluster.apply(TestCluster.pipeline("team-a", "two", LOKI));
    await().until(() -> cluster.files().size() == 2);
    cluster.server().expireWatches();
    cluster.apply(TestCluster.pipeline("team-a", "three", LOKI));

    await().until(() -> cluster.files().size() == 3);
  }

  @Test
  void anOperatorThatStartsAnewChangesNothingThatIsRight() {
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    for (int index = 0; index < 20; index++) {
      cluster.apply(TestCluster.pipeline("team-a", "p" + index, LOKI));
    }
    await().until(() -> cluster.daemonSet() != null);
    await().until(() -> cluster.files().size() == 10);
    cluster.rollOut(1);
    await().until(() -> cluster.operator().board().agents("default").orElseThrow().desired() == 1);
    cluster.stop();
    cluster.server().forgetWrites();

    cluster.start();
    await().until(() -> cluster.operator().board().plan("default").isPresent());

    assertThat(cluster.operatorWrites())
        .extracting(write -> write.plural())
        .doesNotContain("configmaps", "secrets", "daemonsets", "services", "networkpolicies");
  }

  @Test
  void anOperatorThatDiesInTheMiddleLeavesTheRestToTheNext() {
    cluster.server().fail("apply", "daemonsets", Fault.status(500), 1000);
    cluster.start();
    cluster.apply(TestCluster.OPEN_CLASS);
    cluster.apply(TestCluster.pipeline("team-a", "shop", LOKI));
    await().until(() -> cluster.files().size() == 1);
    cluster.stop();
    cluster.server().heal();

    cluster.start();

    await().until(() -> cluster.daemonSet() != null);
    cluster.awaitReason("shop", ConditionType.ACCEPTED, "Accepted");
  }

  @Test
  void aWriteWhoseAnswerIsLostIsNoSecondChange() {
    cluster.server().fail("apply", "networkpolicies", new Fault.LostAnswer(), 1);
    cluster.start();

    cluster.apply(TestCluster.OPEN_CLASS);

    await().atMost(java.time.Duration.ofSeconds(40)).until(() -> cluster.daemonSet() != null);
    assertThat(cluster.effective(write -> write.plural().equals("networkpolicies"))).isEqualTo(1);
  }
}
