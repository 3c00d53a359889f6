package dev.weir.operator.render;

import dev.weir.operator.api.ClassDefaults;
import dev.weir.operator.api.Enrich;
import dev.weir.operator.api.EnrichAs;
import dev.weir.operator.api.Input;
import dev.weir.operator.api.JsonParse;
import dev.weir.operator.api.Multiline;
import dev.weir.operator.api.MultilineMode;
import dev.weir.operator.api.Parse;
import dev.weir.operator.api.ParseError;
import dev.weir.operator.api.ParseFormat;
import dev.weir.operator.api.PipelineSpec;
import dev.weir.operator.api.Reason;
import dev.weir.operator.api.Stage;
import dev.weir.operator.render.StageChecks.Use;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What may be wrong with a pipeline: all that its River could not be made of, and what the class
/// does not allow. The rules of the CRDs are asked again where the result depends on them, because
/// a resource may be older than the rules.
final class SpecChecks {
  private final RenderInput input;
  private final PipelineSpec spec;
  private final Problems problems;
  private final StageChecks stages;

  private SpecChecks(RenderInput input, Problems problems) {
    this.input = input;
    this.spec = input.spec();
    this.problems = problems;
    this.stages = new StageChecks(input.cluster(), spec.parse().severity() != null, problems);
  }

  static void check(RenderInput input, Problems problems) {
    var checks = new SpecChecks(input, problems);
    FieldWalk.check(input.spec(), "spec", input.cluster(), problems);
    ClassChecks.check(input, problems);
    checks.input(input.spec().input());
    checks.parse(input.spec().parse());
    checks.enrich(input.spec().enrich());
    checks.stages.check(input.spec().stages(), "spec.stages");
    OutputChecks.check(input, checks.stages, problems);
    checks.ofClass(input.agents().defaults());
    checks.countLabels();
    Tenancy.check(input, problems);
  }

  private void input(Input in) {
    Object files = in.hostFiles().isEmpty() ? null : in.hostFiles();
    String kinds = input.cluster() ? "pods, events, hostFiles, journal" : "pods, events";
    stages.one("spec.input", kinds, in.pods(), in.events(), files, in.journal());
    if (in.pods() != null) {
      selector(in.pods().selector(), "spec.input.pods.selector");
      stages.size(in.pods().maxLineBytes(), "spec.input.pods.maxLineBytes");
      if (in.pods().namespaces() != null) {
        selector(in.pods().namespaces().selector(), "spec.input.pods.namespaces.selector");
      }
    }
    if (in.journal() != null) {
      stages.duration(in.journal().maxAge(), "spec.input.journal.maxAge");
    }
  }

  private void selector(@Nullable LabelSelector selector, String path) {
    try {
      SelectorText.of(selector);
    } catch (IllegalArgumentException e) {
      problems.invalid(path, Objects.requireNonNullElse(e.getMessage(), "is no selector"));
    }
  }

  private void parse(Parse parse) {
    ParseFormat format = parse.format();
    if ((parse.regex() != null) != (format == ParseFormat.REGEX)) {
      problems.invalid("spec.parse.regex", "format Regex needs it, and other formats have none");
    }
    if (parse.json() != null && format != ParseFormat.JSON && format != ParseFormat.AUTO) {
      problems.invalid("spec.parse.json", "needs format JSON or Auto");
    }
    boolean fields = parse.timestamp() != null || parse.severity() != null;
    if (fields && format == ParseFormat.NONE) {
      problems.invalid("spec.parse.format", "timestamp and severity need a format");
    }
    boolean strict = format == ParseFormat.JSON || format == ParseFormat.REGEX;
    if (parse.onError() != ParseError.KEEP && !strict) {
      problems.invalid("spec.parse.onError", "Drop and Label need format JSON or Regex");
    }
    if (parse.regex() != null) {
      stages.regex(parse.regex().expression(), "spec.parse.regex.expression");
    }
    JsonParse json = parse.json();
    if (json != null) {
      json.fields().keySet().forEach(name -> stages.field(name, "spec.parse.json.fields"));
    }
    if (parse.timestamp() != null) {
      stages.field(parse.timestamp().field(), "spec.parse.timestamp.field");
      zone(parse.timestamp().zone());
    }
    if (parse.severity() != null) {
      stages.field(parse.severity().field(), "spec.parse.severity.field");
    }
    multiline(parse.multiline());
  }

  private void zone(String zone) {
    try {
      if (!zone.isEmpty()) {
        var _ = ZoneId.of(zone);
      }
    } catch (DateTimeException e) {
      problems.invalid("spec.parse.timestamp.zone", "must be a name such as Europe/Berlin");
    }
  }

  private void multiline(Multiline multiline) {
    boolean own = multiline.mode() == MultilineMode.FIRST_LINE;
    if (own != (multiline.firstLine() != null)) {
      problems.invalid(
          "spec.parse.multiline.firstLine", "mode FirstLine needs it, and other modes have none");
    }
    stages.regex(multiline.firstLine(), "spec.parse.multiline.firstLine");
    stages.duration(multiline.maxWait(), "spec.parse.multiline.maxWait");
  }

  private void enrich(Enrich enrich) {
    Set<String> seen = new HashSet<>();
    boolean changed = enrich.as() == EnrichAs.LABEL;
    List<String> keys =
        List.of(enrich.podLabels(), enrich.podAnnotations(), enrich.namespaceLabels()).stream()
            .flatMap(List::stream)
            .toList();
    if (!keys.isEmpty() && spec.input().pods() == null) {
      problems.invalid("spec.enrich", "labels and annotations need the input pods");
    }
    for (String key : keys) {
      String name = Names.plain(key);
      stages.label(name, "spec.enrich", changed);
      if (!seen.add(name)) {
        problems.invalid("spec.enrich", "two of its keys become " + name + "; remove one");
      }
    }
    for (String name : enrich.fixed().keySet()) {
      stages.label(name, "spec.enrich.static", changed);
      if (!seen.add(name)) {
        problems.invalid("spec.enrich.static", "the name " + name + " is there already");
      }
    }
  }

  /// Mistakes of the class are told where its pipelines are, which is where they are noticed.
  private void ofClass(ClassDefaults defaults) {
    var checks = new StageChecks(true, false, problems);
    checks.check(defaults.globalStages(), "class.spec.defaults.globalStages");
    checks.check(defaults.enforcedStages(), "class.spec.defaults.enforcedStages");
  }

  private void countLabels() {
    if (input.cluster()) {
      return;
    }
    Set<String> names = new TreeSet<>(Names.RESERVED);
    if (spec.enrich().as() == EnrichAs.LABEL) {
      names.addAll(EnrichStages.sources(spec.enrich()).keySet());
      names.addAll(spec.enrich().fixed().keySet());
    }
    for (Stage stage : spec.stages()) {
      if (stage.labels() != null) {
        names.addAll(stage.labels().fixed().keySet());
        names.addAll(stage.labels().fromField().keySet());
      }
    }
    int most = input.agents().tenants().limits().maxLabels();
    if (names.size() > most) {
      problems.add(
          Reason.NOT_ALLOWED_BY_CLASS,
          "spec.stages",
          "entries could have "
              + names.size()
              + " labels, and the class allows "
              + most
              + "; make metadata of some");
    }
  }

  /// How conditions of outputs are used.
  static Use ofOutputs() {
    return Use.KEEP;
  }
}
