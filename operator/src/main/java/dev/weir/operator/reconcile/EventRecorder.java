package dev.weir.operator.reconcile;

import dev.weir.operator.status.Transitions.Transition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells of transitions as Events of Kubernetes, as far as that is possible: they are news, not
/// state. Thread-safe.
final class EventRecorder {
  private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);
  private static final String CONTROLLER = "weir.dev/operator";
  private static final int LONGEST_NOTE = 1024;
  private static final int LONGEST_NAME = 240;
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final InstantSource clock;

  EventRecorder(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  void record(HasMetadata about, Transition transition) {
    try {
      client.resource(event(about, transition)).create();
    } catch (KubernetesClientException e) {
      log.atDebug().addKeyValue("err", e.getMessage()).log("could not tell of an event");
    }
  }

  /// What comes before the server's own five characters; a name must not be longer than 253.
  private static String nameStart(String name) {
    return name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "-";
  }

  private Event event(HasMetadata about, Transition transition) {
    String namespace = about.getMetadata().getNamespace();
    String home = namespace == null ? "default" : namespace;
    String note = transition.message();
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(nameStart(about.getMetadata().getName()))
        .withNamespace(home)
        .endMetadata()
        .withEventTime(new MicroTime(MICROS.format(clock.instant())))
        .withReportingController(CONTROLLER)
        .withReportingInstance(CONTROLLER)
        .withAction("Reconcile")
        .withReason(transition.reason())
        .withType(transition.warning() ? "Warning" : "Normal")
        .withNote(note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE))
        .withRegarding(
            new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withName(about.getMetadata().getName())
                .withNamespace(namespace)
                .withUid(about.getMetadata().getUid())
                .build())
        .build();
  }
}
