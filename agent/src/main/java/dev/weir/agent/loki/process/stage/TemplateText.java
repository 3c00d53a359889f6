package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Extracted;
import dev.weir.agent.loki.TextCache;
import dev.weir.agent.template.Template;
import dev.weir.agent.template.TemplateException;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A template over what was extracted, as text; values without text are not there.
///
/// Values are looked up only when the template asks for them. Not thread-safe.
final class TemplateText extends AbstractMap<String, @Nullable Object> {
  /// Values that go before extracted ones of the same names.
  interface Own {
    /// All names.
    Set<String> names();

    /// The value of one of them, null when there is none.
    @Nullable String value(String name);
  }

  private final Template template;
  private final Own own;
  private final TextCache texts = new TextCache();
  private Extracted extracted = new Extracted();

  TemplateText(Template template, Own own) {
    this.template = template;
    this.own = own;
  }

  /// Carries the template out.
  ///
  /// @throws TemplateException when it cannot be
  String execute(Extracted values) throws TemplateException {
    extracted = values;
    return template.execute(this);
  }

  @Override
  public @Nullable Object get(Object key) {
    String name = (String) key;
    String value = own.names().contains(name) ? own.value(name) : null;
    return value == null ? text(name) : value;
  }

  private @Nullable String text(String name) {
    String valid = extracted.validText(name, texts);
    return valid == null ? extracted.text(name) : valid;
  }

  @Override
  public boolean containsKey(Object key) {
    return get(key) != null;
  }

  @Override
  public Set<Entry<String, @Nullable Object>> entrySet() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    extracted.forEach((name, value) -> put(all, name));
    own.names().forEach(name -> put(all, name));
    return all.entrySet();
  }

  private void put(Map<String, @Nullable Object> all, String name) {
    Object value = get(name);
    if (value != null) {
      all.put(name, value);
    }
  }
}
