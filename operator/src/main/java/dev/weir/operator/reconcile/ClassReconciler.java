package dev.weir.operator.reconcile;

import dev.weir.operator.api.LogAgentClass;
import dev.weir.operator.children.Children;
import dev.weir.operator.children.ClassFacts;
import dev.weir.operator.children.Names;
import dev.weir.operator.children.PipelineFile;
import dev.weir.operator.children.SecretShards;
import dev.weir.operator.plan.Plan;
import dev.weir.operator.plan.PlanInput;
import dev.weir.operator.plan.Planner;
import dev.weir.operator.plan.RunningFile;
import dev.weir.operator.plan.Verdict;
import dev.weir.operator.render.RenderInput.NamespaceFacts;
import dev.weir.operator.render.SecretRef;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the objects of a class: decides what its agents run, and applies what differs.
///
/// One call works on one class; the framework makes no two for the same class at a time.
@ControllerConfiguration(name = ClassReconciler.NAME)
final class ClassReconciler implements Reconciler<LogAgentClass> {
  static final String NAME = "logagentclass";

  private static final Duration NOT_READY = Duration.ofMillis(200);
  private static final Duration SOONEST_LOOK = Duration.ofSeconds(5);
  private static final Duration SWEEP = Duration.ofMinutes(10);

  private final Shared shared;
  private final EventRecorder events;
  private final Map<String, Work> works = new ConcurrentHashMap<>();
  private @Nullable ChildSources sources;
  private @Nullable InformerEventSource<Namespace, LogAgentClass> namespaces;
  private @Nullable Applier applier;

  /// What is remembered of a class between two calls.
  private static final class Work {
    private final Planner planner = new Planner();
    private final Retained retained;
    private final Rotations rotations = new Rotations();
    private final Map<String, RunningFile> running = new HashMap<>();
    private boolean seeded;

    Work(Duration stay) {
      retained = new Retained(stay);
    }
  }

  ClassReconciler(Shared shared) {
    this.shared = shared;
    this.events = new EventRecorder(shared.client(), shared.clock());
  }

  @Override
  public List<EventSource<?, LogAgentClass>> prepareEventSources(
      EventSourceContext<LogAgentClass> context) {
    shared.classes().cache(context.getPrimaryCache());
    var children = new ChildSources(shared.settings(), context);
    sources = children;
    shared.agents(children);
    applier = new Applier(shared.client(), children, shared.writes(), shared.clock());
    namespaces =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Namespace.class, LogAgentClass.class)
                .withName("namespace")
                .withWatchAllNamespaces()
                .withItemStore(new NamespaceStore())
                .withSecondaryToPrimaryMapper(_ ->
                    context
                        .getPrimaryCache()
                        .list()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
                .withOnUpdateFilter((now, before) -> !facts(now).equals(facts(before)))
                .build(),
            context);
    var all = new ArrayList<EventSource<?, LogAgentClass>>(children.all());
    all.add(namespaces);
    all.add(shared.classes().events());
    return all;
  }

  private static NamespaceFacts facts(Namespace namespace) {
    return new NamespaceFacts(
        orEmpty(namespace.getMetadata().getLabels()),
        orEmpty(namespace.getMetadata().getAnnotations()));
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }

  @Override
  public UpdateControl<LogAgentClass> reconcile(
      LogAgentClass agents, Context<LogAgentClass> context) throws InterruptedException {
    String name = agents.getMetadata().getName();
    if (context.isPrimaryResourceDeleted() || agents.getMetadata().getDeletionTimestamp() != null) {
      works.remove(name);
      shared.board().forgetClass(name).forEach(shared.pipelines()::look);
      return UpdateControl.noUpdate();
    }
    if (!shared.gate().open()) {
      return again(NOT_READY);
    }
    Optional<Duration> wait = shared.debounce().waiting(name);
    if (wait.isPresent() && shared.board().hasPlan(name)) {
      return again(wait.get());
    }
    shared.debounce().settle(name);
    return again(reconcile(agents));
  }

  private static UpdateControl<LogAgentClass> again(Duration delay) {
    return UpdateControl.<LogAgentClass>noUpdate().rescheduleAfter(delay);
  }

  /// Returns when to look again without being asked.
  private Duration reconcile(LogAgentClass agents) throws InterruptedException {
    String name = agents.getMetadata().getName();
    Optional<ClassRefusal> refusal =
        ClassRefusal.of(agents, shared.settings(), shared.board().version(name));
    if (refusal.isPresent()) {
      shared.classStatus().refused(agents, refusal.get());
      return SWEEP;
    }
    if ("true".equals(orEmpty(agents.getMetadata().getAnnotations()).get(Names.PAUSED))) {
      shared.classStatus().paused(agents, Objects.requireNonNull(sources));
      return SWEEP;
    }
    Work work = works.computeIfAbsent(name, _ -> new Work(shared.settings().times().secretPrune()));
    seed(work, name);
    PlanInput input = input(agents, work);
    List<SecretRef> refs = work.planner.secretRefs(input);
    shared.secrets().refresh(refs);
    Plan plan = work.planner.plan(input, shared.secrets());
    carryOut(agents, plan, work);
    work.rotations.look(plan, events::record);
    remember(plan, work);
    shared.board().planned(name, input.now());
    shared.board().publish(plan).forEach(shared.pipelines()::look);
    shared.classStatus().planned(agents, plan, Objects.requireNonNull(sources));
    return next(work, refs, input.now());
  }

  private Duration next(Work work, List<SecretRef> refs, Instant now) {
    Instant check = shared.secrets().nextCheck(refs);
    Duration look = check.equals(Instant.MAX) ? SWEEP : Duration.between(now, check);
    if (work.retained.pending()) {
      look = min(look, shared.settings().times().secretPrune());
    }
    Duration soonest = min(SOONEST_LOOK, shared.settings().times().missingSecretCheck());
    return look.compareTo(soonest) < 0 ? soonest : min(look, SWEEP);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private PlanInput input(LogAgentClass agents, Work work) {
    Map<String, NamespaceFacts> known = new HashMap<>();
    Objects.requireNonNull(namespaces)
        .list(_ -> true)
        .forEach(namespace -> known.put(namespace.getMetadata().getName(), facts(namespace)));
    return new PlanInput(
        agents.getMetadata().getName(),
        agents.getSpec(),
        shared.pipelines().all(),
        known,
        work.running,
        shared.clock().instant());
  }

  /// After a start, what the ConfigMaps hold is what was last good.
  private void seed(Work work, String className) {
    if (work.seeded) {
      return;
    }
    Objects.requireNonNull(sources)
        .configMaps(className)
        .forEach(
            map -> running(map, className).forEach(file -> work.running.put(file.uid(), file)));
    work.seeded = true;
  }

  private static List<RunningFile> running(ConfigMap map, String className) {
    boolean singleton = map.getMetadata().getName().equals(Names.events(className));
    var files = new ArrayList<RunningFile>();
    orEmpty(map.getBinaryData())
        .forEach((name, base64) -> {
          try {
            RunningFile.read(PipelineFile.read(name, Base64.getDecoder().decode(base64)), singleton)
                .ifPresent(files::add);
          } catch (IOException | IllegalArgumentException e) {
            // Damaged by someone; it is written anew.
          }
        });
    return files;
  }

  private static void remember(Plan plan, Work work) {
    work.running.clear();
    for (Verdict verdict : plan.verdicts().values()) {
      PipelineFile file = verdict.file();
      if (file != null) {
        String uid = verdict.pipeline().uid();
        work.running.put(
            uid, new RunningFile(file, uid, verdict.singleton(), verdict.secretFiles()));
      }
    }
  }

  /// Values first, then the files that read them; what nothing reads goes last.
  private void carryOut(LogAgentClass agents, Plan plan, Work work) {
    ClassFacts facts = shared.facts(agents, plan);
    var objects = new ArrayList<HasMetadata>();
    objects.addAll(SecretShards.objects(facts, values(plan, work)));
    objects.addAll(plan.shards().objects(facts, plan.namespaces()));
    objects.addAll(Children.of(facts));
    Applier applying = Objects.requireNonNull(applier);
    applying.apply(objects);
    applying.deleteOthers(plan.className(), objects);
  }

  private Map<String, String> values(Plan plan, Work work) {
    Map<String, String> present = new TreeMap<>();
    Objects.requireNonNull(sources)
        .secrets(plan.className())
        .map(Secret::getData)
        .filter(Objects::nonNull)
        .forEach(present::putAll);
    Set<String> kept =
        plan.verdicts().values().stream()
            .flatMap(verdict -> verdict.secretFiles().stream())
            .collect(Collectors.toSet());
    boolean settled = shared.settled(plan);
    return work.retained.with(plan.secrets(), kept, present, settled, shared.clock().instant());
  }
}
