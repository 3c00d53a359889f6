package dev.weir.agent.remote.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.ComponentException;
import dev.weir.agent.remote.kubernetes.configmap.RemoteKubernetesConfigmap;
import dev.weir.agent.remote.kubernetes.secret.RemoteKubernetesSecret;
import dev.weir.agent.river.eval.Secret;
import dev.weir.agent.testkit.ApiServer;
import dev.weir.agent.testkit.CollectingReceiver;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteKubernetesTest {
  @TempDir Path storage;
  private final ApiServer api = ApiServer.withObjects();
  private TestContext context;

  @BeforeEach
  void makeContext() {
    context = new TestContext("remote.kubernetes.test", storage);
  }

  @AfterEach
  void stopServer() {
    api.close();
  }

  @Test
  void exportsASecretAsSecrets() throws Exception {
    api.client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("monitoring")
                .withName("loki")
                .endMetadata()
                .addToData("password", "aHVudGVyMg==")
                .build())
        .create();

    RemoteKubernetesSecret.TYPE.factory().create(arguments("loki", "1m"), context);

    assertThat(context.published())
        .containsExactly(
            new RemoteKubernetesSecret.Exports(Map.of("password", new Secret("hunter2"))));
  }

  @Test
  void exportsAConfigMapAgainWhenItChanges() throws Exception {
    ConfigMap map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("monitoring")
            .withName("loki")
            .endMetadata()
            .addToData("url", "http://one")
            .build();
    api.client().resource(map).create();
    var component =
        RemoteKubernetesConfigmap.TYPE.factory().create(arguments("loki", "50ms"), context);

    try (var _ = new RunningComponent(component)) {
      api.client()
          .resource(new ConfigMapBuilder(map).addToData("url", "http://two").build())
          .update();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(context.published())
                  .startsWith(exports("http://one"))
                  .endsWith(exports("http://two")));
    }
  }

  private static RemoteKubernetesConfigmap.Exports exports(String url) {
    return new RemoteKubernetesConfigmap.Exports(Map.of("url", url));
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatThrownBy(
            () -> RemoteKubernetesSecret.TYPE.factory().create(arguments("nobody", "1m"), context))
        .isInstanceOf(ComponentException.class)
        .hasMessage("polling failed: Secret monitoring/nobody not found");
  }

  @Test
  void refusesDurationsThatAreNone() {
    assertThatThrownBy(() -> arguments("loki", "0s"))
        .hasMessageContaining("poll_frequency must be greater than 0");
  }

  private PollArguments arguments(String name, String every) {
    String river =
        "namespace = \"monitoring\"\nname = \"%s\"\npoll_frequency = \"%s\"\nclient {\n%s\n}"
            .formatted(name, every, api.river());
    return RiverArguments.decode(river, PollArguments.class, new CollectingReceiver());
  }
}
