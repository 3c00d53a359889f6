package dev.weir.agent.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// One service of compose.yaml as arguments of `docker run`: what compose itself would ask of the
/// Engine for it.
record ComposeService(JsonNode service) {
  static ComposeService of(String name) throws IOException {
    return new ComposeService(Repository.tree("compose.yaml").required("services").required(name));
  }

  String image() {
    return service.required("image").textValue();
  }

  List<String> command() {
    return texts("command");
  }

  /// User, powers, file systems and mounts.
  ///
  /// @param mount turns a mount of compose.yaml into the one that the test can offer
  List<String> options(UnaryOperator<String> mount) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--user", service.required("user").textValue()));
    texts("cap_drop").forEach(cap -> options.addAll(List.of("--cap-drop", cap)));
    texts("cap_add").forEach(cap -> options.addAll(List.of("--cap-add", cap)));
    texts("security_opt").forEach(option -> options.addAll(List.of("--security-opt", option)));
    if (service.required("read_only").booleanValue()) {
      options.add("--read-only");
    }
    texts("tmpfs").forEach(tmpfs -> options.addAll(List.of("--tmpfs", tmpfs)));
    texts("volumes").forEach(volume -> options.addAll(List.of("--volume", mount.apply(volume))));
    JsonNode limits = service.required("deploy").required("resources").required("limits");
    options.addAll(List.of("--memory", limits.required("memory").textValue()));
    return options;
  }

  private List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    service.required(field).forEach(text -> texts.add(text.textValue()));
    return texts;
  }
}
