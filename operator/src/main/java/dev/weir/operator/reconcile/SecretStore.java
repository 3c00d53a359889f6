package dev.weir.operator.reconcile;

import dev.weir.operator.plan.SecretValues;
import dev.weir.operator.render.SecretRef;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The values that pipelines refer to, read one by one and looked at again now and then.
///
/// No secret is watched or listed: the operator may only get those whose namespace lets it. Of an
/// object only the keys that are referred to are kept.
///
/// Thread-safe.
final class SecretStore implements SecretValues {
  private static final int PARALLEL = 16;
  private static final int FORBIDDEN = 403;
  private static final double JITTER = 0.25;

  private final KubernetesClient client;
  private final Settings settings;
  private final InstantSource clock;
  private final Map<Place, Held> held = new ConcurrentHashMap<>();

  /// Names an object.
  private record Place(SecretRef.Kind kind, String namespace, String name) {
    static Place of(SecretRef ref) {
      return new Place(ref.kind(), ref.namespace(), ref.name());
    }
  }

  /// @param values by key, in Base64
  /// @param problem empty when the object is there
  private record Held(
      Map<String, String> values, Set<String> keys, String problem, Instant nextCheck) {}

  SecretStore(KubernetesClient client, Settings settings, InstantSource clock) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Value value(SecretRef ref) {
    Held object = held.get(Place.of(ref));
    if (object == null || !object.problem().isEmpty()) {
      return new Value.NoObject(object == null ? "not looked up yet" : object.problem());
    }
    String value = object.values().get(ref.key());
    return value != null
        ? new Value.Present(value)
        : new Value.NoKey(
            "%s %s/%s has no key \"%s\"; it has %s."
                .formatted(
                    kind(ref.kind()), ref.namespace(), ref.name(), ref.key(), object.keys()));
  }

  private static String kind(SecretRef.Kind kind) {
    return kind == SecretRef.Kind.SECRET ? "Secret" : "ConfigMap";
  }

  /// Reads what is referred to and not known, or was last looked at long ago.
  void refresh(List<SecretRef> refs) throws InterruptedException {
    Map<Place, Set<String>> wanted = new HashMap<>();
    refs.forEach(ref -> wanted.computeIfAbsent(Place.of(ref), _ -> new HashSet<>()).add(ref.key()));
    held.keySet().removeIf(place -> !known(place) && !wanted.containsKey(place));
    Instant now = clock.instant();
    try (ExecutorService readers =
        Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().name("secret-", 0).factory())) {
      wanted.forEach((place, keys) -> {
        if (due(place, keys, now)) {
          readers.execute(() -> held.put(place, read(place, keys, held.get(place), now)));
        }
      });
      readers.shutdown();
      while (!readers.awaitTermination(1, TimeUnit.MINUTES)) {
        // Every request has its own time limit.
      }
    }
  }

  /// Several classes share the store; what another one uses is dropped when it was not asked for
  /// through two checks.
  private boolean known(Place place) {
    Held object = held.get(place);
    return object != null
        && clock.instant().isBefore(object.nextCheck().plus(settings.times().secretCheck()));
  }

  private boolean due(Place place, Set<String> keys, Instant now) {
    Held object = held.get(place);
    return object == null
        || !now.isBefore(object.nextCheck())
        || (object.problem().isEmpty()
            && keys.stream()
                .anyMatch(key -> object.keys().contains(key) && !object.values().containsKey(key)));
  }

  private Held read(Place place, Set<String> keys, @Nullable Held before, Instant now) {
    try {
      Map<String, String> all =
          place.kind() == SecretRef.Kind.SECRET ? secret(place) : configMap(place);
      var values = new HashMap<String, String>(all);
      var wanted = new HashSet<String>(keys);
      if (before != null) {
        wanted.addAll(before.values().keySet());
      }
      values.keySet().retainAll(wanted);
      Duration pause =
          all.keySet().containsAll(keys) ? jitter() : settings.times().missingSecretCheck();
      return new Held(values, new TreeSet<>(all.keySet()), "", now.plus(pause));
    } catch (MissingException e) {
      return problem(e.problem, now);
    } catch (KubernetesClientException e) {
      if (before != null && e.getCode() != FORBIDDEN) {
        return new Held(
            before.values(),
            before.keys(),
            before.problem(),
            now.plus(settings.times().missingSecretCheck()));
      }
      return problem(refused(place, e), now);
    }
  }

  private Held problem(String message, Instant now) {
    return new Held(Map.of(), Set.of(), message, now.plus(settings.times().missingSecretCheck()));
  }

  /// Many secrets are not looked at in one moment.
  private Duration jitter() {
    double factor = 1 + ThreadLocalRandom.current().nextDouble() * JITTER;
    return Duration.ofMillis((long) (settings.times().secretCheck().toMillis() * factor));
  }

  private Map<String, String> secret(Place place) throws MissingException {
    Secret secret = client.secrets().inNamespace(place.namespace()).withName(place.name()).get();
    if (secret == null) {
      throw missing(place);
    }
    return secret.getData() == null ? Map.of() : secret.getData();
  }

  private Map<String, String> configMap(Place place) throws MissingException {
    ConfigMap map = client.configMaps().inNamespace(place.namespace()).withName(place.name()).get();
    if (map == null) {
      throw missing(place);
    }
    var values = new HashMap<String, String>();
    if (map.getBinaryData() != null) {
      values.putAll(map.getBinaryData());
    }
    if (map.getData() != null) {
      map.getData()
          .forEach((key, text) ->
              values.put(
                  key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    }
    return values;
  }

  private static MissingException missing(Place place) {
    return new MissingException(
        "%s %s/%s does not exist. Create it; it is looked for again every few seconds."
            .formatted(kind(place.kind()), place.namespace(), place.name()));
  }

  private String refused(Place place, KubernetesClientException e) {
    if (e.getCode() != FORBIDDEN) {
      return "%s %s/%s could not be read: the API server answered %d."
          .formatted(kind(place.kind()), place.namespace(), place.name(), e.getCode());
    }
    return "the operator may not read %s of namespace %s. Allow it with: kubectl create rolebinding %s -n %s --clusterrole=%s --serviceaccount=%s:%s"
        .formatted(
            place.kind() == SecretRef.Kind.SECRET ? "Secrets" : "ConfigMaps",
            place.namespace(),
            settings.secretsRole(),
            place.namespace(),
            settings.secretsRole(),
            settings.namespace(),
            settings.serviceAccount());
  }

  /// When the next of these is to be looked at.
  Instant nextCheck(List<SecretRef> refs) {
    return refs.stream()
        .map(ref -> held.get(Place.of(ref)))
        .filter(object -> object != null)
        .map(Held::nextCheck)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /// The object is not in the cluster.
  private static final class MissingException extends Exception {
    private static final long serialVersionUID = 1;

    private final String problem;

    MissingException(String problem) {
      super(problem);
      this.problem = problem;
    }
  }
}
