package dev.weir.agent.loki.process.stage;

import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Extracted;
import dev.weir.agent.loki.Slice;
import dev.weir.agent.template.Template;
import dev.weir.agent.template.TemplateException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `stage.template`: makes an extracted value with a template of Go.
///
/// The template sees every extracted value as text, the value it makes as `.Value`, and the line as
/// `.Entry`. An empty result removes the value; a template that fails changes nothing.
final class TemplateStage implements Stage, TemplateText.Own {
  static final StageType<Arguments> TYPE =
      new StageType<>("template", Arguments.class, TemplateStage::new);

  /// @param source name of the value to make
  /// @param template in the language of Go's text/template, with the functions of sprig
  record Arguments(String source, String template) {
    Arguments {
      if (source.isEmpty()) {
        throw new IllegalArgumentException("template source value is required");
      }
      Template.parse(template);
    }
  }

  private static final Set<String> OWN = Set.of("Value", "Entry");

  private final String source;
  private final TemplateText template;
  private final StageContext context;
  private final Slice line = new Slice();
  private @Nullable String value;

  private TemplateStage(Arguments arguments, StageContext context) {
    this.context = context;
    source = arguments.source();
    template = new TemplateText(Template.parse(arguments.template()), this);
  }

  @Override
  public void process(Entry entry, Output out) {
    Extracted extracted = entry.extracted();
    line.set(entry);
    value = extracted.text(source);
    try {
      String result = template.execute(extracted);
      if (result.isEmpty()) {
        extracted.remove(source);
      } else {
        extracted.put(source, result);
      }
    } catch (TemplateException failed) {
      context.log().atDebug().addKeyValue("error", failed.getMessage()).log("template failed");
    }
    out.emit(entry);
  }

  @Override
  public Set<String> names() {
    return OWN;
  }

  @Override
  public @Nullable String value(String name) {
    return name.equals("Value") ? value : line.text();
  }
}
