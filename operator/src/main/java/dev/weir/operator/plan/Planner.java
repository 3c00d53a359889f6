package dev.weir.operator.plan;

import dev.weir.operator.api.Output;
import dev.weir.operator.api.Reason;
import dev.weir.operator.children.ConfigShards;
import dev.weir.operator.children.PipelineFile;
import dev.weir.operator.render.Problem;
import dev.weir.operator.render.RenderInput.Kind;
import dev.weir.operator.render.RenderInput.NamespaceFacts;
import dev.weir.operator.render.Rendered.RunsOn;
import dev.weir.operator.render.SecretRef;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides what the agents of one class run.
///
/// It remembers what it rendered, so that a plan costs what changed. Used by one thread at a time.
public final class Planner {
  private static final Set<Reason> EDITS =
      Set.of(Reason.INVALID_SPEC, Reason.REGEX_INVALID, Reason.TOO_LARGE);

  private final Renders renders = new Renders();

  /// The values that the pipelines of a class need.
  public List<SecretRef> secretRefs(PlanInput input) {
    return own(input).stream()
        .filter(pipeline -> !pipeline.spec().suspend() && !pipeline.paused())
        .flatMap(pipeline -> render(pipeline, input).rendered().secretRefs().stream())
        .distinct()
        .toList();
  }

  private Renders.Render render(PipelineFacts pipeline, PlanInput input) {
    return renders.of(pipeline, input.agents(), input.namespaces());
  }

  private static List<PipelineFacts> own(PlanInput input) {
    return input.pipelines().stream()
        .filter(pipeline -> pipeline.className().equals(input.className()))
        .sorted(PipelineFacts.BY_AGE)
        .toList();
  }

  public Plan plan(PlanInput input, SecretValues values) {
    List<PipelineFacts> own = own(input);
    renders.keep(own.stream().map(PipelineFacts::uid).collect(Collectors.toSet()));
    var quotas = new Quotas(input.agents().tenants());
    var shards = new ConfigShards();
    var verdicts = new LinkedHashMap<PipelineKey, Verdict>();
    for (PipelineFacts pipeline : own) {
      verdicts.put(pipeline.key(), placed(decide(pipeline, input, quotas, values), shards));
    }
    return new Plan(
        input.className(),
        verdicts,
        shards,
        NamespacesText.of(input.agents(), own, input.namespaces()),
        secrets(verdicts.values(), values),
        ports(verdicts.values()));
  }

  private static Verdict placed(Verdict verdict, ConfigShards shards) {
    PipelineFile file = verdict.file();
    if (file == null || (verdict.singleton() ? shards.addEvents(file) : shards.add(file))) {
      return verdict;
    }
    var full =
        Outcome.bad(
            Reason.TOO_LARGE,
            "the class's ConfigMaps are full. Delete pipelines or use another class.");
    return without(verdict.pipeline(), full, verdict.resolved());
  }

  private Verdict decide(
      PipelineFacts pipeline, PlanInput input, Quotas quotas, SecretValues values) {
    RunningFile running = input.running().get(pipeline.uid());
    var unasked = Outcome.good(Reason.RESOLVED, "nothing was looked up");
    if (pipeline.spec().suspend()) {
      var suspended =
          Outcome.bad(Reason.SUSPENDED, "spec.suspend: the pipeline is taken off the agents.");
      return without(pipeline, suspended, unasked);
    }
    Optional<Outcome> refused = binding(pipeline, input).or(() -> quotas.take(pipeline.key()));
    if (refused.isPresent()) {
      return without(pipeline, refused.get(), unasked);
    }
    if (pipeline.paused()) {
      var accepted = Outcome.good(Reason.ACCEPTED, "paused by its annotation");
      return kept(pipeline, accepted, unasked, running, false, true);
    }
    Renders.Render render = render(pipeline, input);
    if (render.file() == null) {
      Outcome problem = problem(render.rendered().problems());
      return EDITS.contains(problem.reason())
          ? kept(pipeline, problem, unasked, running, true, false)
          : without(pipeline, problem, unasked);
    }
    return resolved(pipeline, render, values, running, input.now());
  }

  /// Whether the class is for pipelines of that namespace at all.
  private static Optional<Outcome> binding(PipelineFacts pipeline, PlanInput input) {
    if (pipeline.key().kind() == Kind.CLUSTER_LOG_PIPELINE) {
      return Optional.empty();
    }
    LabelSelector selector = input.agents().tenants().namespaceSelector();
    String namespace = pipeline.key().namespace();
    NamespaceFacts facts = input.namespaces().getOrDefault(namespace, NamespaceFacts.NONE);
    return selector != null && Selectors.matches(selector, facts.labels())
        ? Optional.empty()
        : Optional.of(
            Outcome.bad(
                Reason.NOT_ALLOWED_BY_CLASS,
                "spec.classRef: class %s is not for namespace %s: its tenants.namespaceSelector does not match the namespace's labels. Name another class or ask its administrator."
                    .formatted(input.className(), namespace)));
  }

  private static Outcome problem(List<Problem> problems) {
    String all = problems.stream().map(Problem::text).collect(Collectors.joining("; "));
    return Outcome.bad(problems.getFirst().reason(), all);
  }

  private static Verdict resolved(
      PipelineFacts pipeline,
      Renders.Render render,
      SecretValues values,
      @Nullable RunningFile running,
      Instant now) {
    List<SecretRef> refs = render.rendered().secretRefs();
    References.Result found = References.check(refs, values, now);
    var accepted = Outcome.good(Reason.ACCEPTED, "the spec is valid and the class allows it");
    if (found.missing() && !sameSecrets(refs, running)) {
      return kept(pipeline, accepted, found.outcome(), running, running != null, false);
    }
    return new Verdict(
        pipeline,
        pipeline.generation(),
        accepted,
        found.outcome(),
        render.file(),
        false,
        false,
        render.rendered().runsOn() == RunsOn.SINGLETON,
        refs.stream().map(SecretRef::file).toList(),
        refs,
        found.certificateEnds());
  }

  /// A value that vanished is still with the agents; one that never was is not.
  private static boolean sameSecrets(List<SecretRef> refs, @Nullable RunningFile running) {
    return running != null
        && new HashSet<>(running.secretFiles())
            .containsAll(refs.stream().map(SecretRef::file).toList());
  }

  private static Verdict kept(
      PipelineFacts pipeline,
      Outcome accepted,
      Outcome resolved,
      @Nullable RunningFile running,
      boolean superseded,
      boolean paused) {
    return new Verdict(
        pipeline,
        pipeline.generation(),
        accepted,
        resolved,
        running == null ? null : running.file(),
        superseded && running != null,
        paused,
        running != null && running.singleton(),
        running == null ? List.of() : running.secretFiles(),
        List.of(),
        0);
  }

  private static Verdict without(PipelineFacts pipeline, Outcome accepted, Outcome resolved) {
    return kept(pipeline, accepted, resolved, null, false, false);
  }

  private static Map<String, String> secrets(Iterable<Verdict> verdicts, SecretValues values) {
    var secrets = new TreeMap<String, String>();
    for (Verdict verdict : verdicts) {
      for (SecretRef ref : verdict.secretRefs()) {
        if (values.value(ref) instanceof SecretValues.Value.Present(String base64)) {
          secrets.put(ref.file(), base64);
        }
      }
    }
    return secrets;
  }

  private static Set<Integer> ports(Iterable<Verdict> verdicts) {
    var ports = new TreeSet<Integer>();
    for (Verdict verdict : verdicts) {
      if (verdict.file() != null) {
        var outputs = new ArrayList<Output>(verdict.pipeline().spec().outputs());
        outputs.forEach(output -> port(output).ifPresent(ports::add));
      }
    }
    return ports;
  }

  private static Optional<Integer> port(Output output) {
    if (output.loki() == null) {
      return Optional.empty();
    }
    try {
      URI url = URI.create(output.proxyURL() != null ? output.proxyURL() : output.loki().url());
      int standard = "http".equals(url.getScheme()) ? 80 : 443;
      return Optional.of(url.getPort() > 0 ? url.getPort() : standard);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
