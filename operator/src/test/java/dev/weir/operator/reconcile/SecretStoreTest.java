package dev.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.operator.children.ClassFacts;
import dev.weir.operator.plan.SecretValues.Value;
import dev.weir.operator.render.SecretRef;
import dev.weir.operator.testkit.ApiServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretStoreTest {
  private static final Settings SETTINGS =
      new Settings(
          Set.of(),
          Set.of("weir-agents"),
          "registry.example/weir:0.1.0",
          "0.1.0",
          "weir-system",
          "weir-operator",
          "weir-pipeline-secrets",
          new ClassFacts.Roles("weir-agent", "weir-agent-events"),
          Settings.Times.USUAL);
  private static final SecretRef PASSWORD = ref("password");
  private static final SecretRef ABSENT = ref("absent");

  private final ApiServer server = ApiServer.start();
  private Instant now = Instant.parse("2026-11-22T13:00:00Z");
  private final SecretStore store = new SecretStore(server.client(), SETTINGS, () -> now);

  private static SecretRef ref(String key) {
    return new SecretRef(SecretRef.Kind.SECRET, "team-a", "loki", key, "spec");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void secret(String password) {
    server
        .client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("loki")
                .withNamespace("team-a")
                .endMetadata()
                .withData(Map.of("password", password, "other", "eA=="))
                .build())
        .forceConflicts()
        .serverSideApply();
  }

  @Test
  void looksAgainOnlyWhenItIsTime() throws InterruptedException {
    secret("b25l");
    store.refresh(List.of(PASSWORD));
    secret("dHdv");
    long requests = server.requests();

    store.refresh(List.of(PASSWORD));
    assertThat(server.requests()).isEqualTo(requests);
    assertThat(store.value(PASSWORD)).isEqualTo(new Value.Present("b25l"));
    now = store.nextCheck(List.of(PASSWORD));
    store.refresh(List.of(PASSWORD));
    assertThat(store.value(PASSWORD)).isEqualTo(new Value.Present("dHdv"));
  }

  @Test
  void looksSoonerForWhatIsMissing() throws InterruptedException {
    store.refresh(List.of(PASSWORD));
    assertThat(store.value(PASSWORD)).isInstanceOf(Value.NoObject.class);
    Duration soon = Duration.between(now, store.nextCheck(List.of(PASSWORD)));
    secret("b25l");
    now = now.plus(soon);
    store.refresh(List.of(PASSWORD, ABSENT));

    assertThat(store.value(PASSWORD)).isEqualTo(new Value.Present("b25l"));
    assertThat(store.value(ABSENT)).isInstanceOf(Value.NoKey.class);
    assertThat(soon).isEqualTo(SETTINGS.times().missingSecretCheck());
    assertThat(Duration.between(now, store.nextCheck(List.of(PASSWORD)))).isEqualTo(soon);
  }

  @Test
  void forgetsWhatNobodyAsksFor() throws InterruptedException {
    secret("b25l");
    store.refresh(List.of(PASSWORD));
    now = now.plus(SETTINGS.times().secretCheck().multipliedBy(3));
    store.refresh(List.of());

    assertThat(store.value(PASSWORD)).isEqualTo(new Value.NoObject("not looked up yet"));
  }
}
