package dev.weir.operator.render;

import dev.weir.operator.api.Access;
import dev.weir.operator.api.HostFilesInput;
import dev.weir.operator.api.Input;
import dev.weir.operator.api.Reason;
import dev.weir.operator.render.RenderInput.NamespaceFacts;
import java.util.List;

/// Whether a class lets a pipeline in, and lets it read what it asks for.
final class ClassChecks {
  private ClassChecks() {}

  static void check(RenderInput input, Problems problems) {
    if (!input.cluster() && !isMember(input)) {
      problems.add(
          Reason.NOT_ALLOWED_BY_CLASS,
          "spec.classRef.name",
          "the class does not take pipelines of this namespace; ask an administrator, or name"
              + " another class");
    }
    Input in = input.spec().input();
    Access access = input.agents().access();
    if (in.pods() != null && !access.podLogs()) {
      refuse("spec.input.pods", "logs of pods", "podLogs", problems);
    }
    if (in.events() != null && !access.events()) {
      refuse("spec.input.events", "events", "events", problems);
    }
    if (in.journal() != null && !access.journal()) {
      refuse("spec.input.journal", "the journal", "journal", problems);
    }
    for (int i = 0; i < in.hostFiles().size(); i++) {
      path(in.hostFiles().get(i), "spec.input.hostFiles[" + i + "]", access, problems);
    }
  }

  private static boolean isMember(RenderInput input) {
    NamespaceFacts facts = input.namespaces().getOrDefault(input.namespace(), NamespaceFacts.NONE);
    return SelectorText.matches(input.agents().tenants().namespaceSelector(), facts.labels());
  }

  private static void refuse(String path, String what, String field, Problems problems) {
    problems.add(
        Reason.INPUT_NOT_ALLOWED_BY_CLASS,
        path,
        "the agents of the class do not see "
            + what
            + "; set spec.access."
            + field
            + " of the class, or name another class");
  }

  private static void path(HostFilesInput files, String at, Access access, Problems problems) {
    String path = files.path();
    if (!path.startsWith("/") || path.contains("..") || path.contains("//")) {
      problems.invalid(at + ".path", "must begin with / and hold neither .. nor //");
    } else if (access.hostPaths().stream().noneMatch(open -> isBelow(path, open))) {
      problems.add(
          Reason.INPUT_NOT_ALLOWED_BY_CLASS,
          at + ".path",
          "lies below none of spec.access.hostPaths of the class"
              + (access.hostPaths().isEmpty() ? ", which is empty" : "")
              + "; add its directory there, or name another class");
    }
    var names = new StageChecks(true, false, problems);
    files.labels().keySet().forEach(name -> names.label(name, at + ".labels", false));
    List<String> excludes = files.exclude();
    if (excludes.stream().anyMatch(one -> !one.startsWith("/"))) {
      problems.invalid(at + ".exclude", "must begin with /");
    }
  }

  private static boolean isBelow(String path, String directory) {
    return path.startsWith(directory.endsWith("/") ? directory : directory + "/");
  }
}
