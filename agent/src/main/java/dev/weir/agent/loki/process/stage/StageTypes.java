package dev.weir.agent.loki.process.stage;

import dev.weir.agent.river.eval.BlockFamily;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The list of every stage.
public final class StageTypes implements BlockFamily {
  /// Every stage, by name.
  public static final List<StageType<?>> ALL =
      List.of(
          CriStage.TYPE,
          DecolorizeStage.TYPE,
          DockerStage.TYPE,
          DropStage.TYPE,
          EventLogMessageStage.TYPE,
          GeoipStage.TYPE,
          JsonStage.TYPE,
          LabelDropStage.TYPE,
          LabelKeepStage.TYPE,
          LabelsStage.TYPE,
          LimitStage.TYPE,
          LogfmtStage.TYPE,
          LuhnStage.TYPE,
          MatchStage.TYPE,
          MetricsStage.TYPE,
          MultilineStage.TYPE,
          OutputStage.TYPE,
          PackStage.TYPE,
          PatternStage.TYPE,
          RegexStage.TYPE,
          ReplaceStage.TYPE,
          SamplingStage.TYPE,
          SplitJsonStage.TYPE,
          StaticLabelsStage.TYPE,
          StructuredMetadataStage.TYPE,
          StructuredMetadataDropStage.TYPE,
          TemplateStage.TYPE,
          TenantStage.TYPE,
          TimestampStage.TYPE,
          TruncateStage.TYPE,
          WindowsEventStage.TYPE);

  private static final Map<String, StageType<?>> BY_NAME =
      ALL.stream().collect(Collectors.toMap(StageType::name, type -> type));

  /// The stage of that name.
  ///
  /// @throws IllegalArgumentException when there is none
  static StageType<?> named(String name) {
    StageType<?> type = BY_NAME.get(name);
    if (type == null) {
      throw new IllegalArgumentException("unknown stage \"" + name + "\"");
    }
    return type;
  }

  @Override
  public Map<String, Class<? extends Record>> members() {
    return ALL.stream().collect(Collectors.toMap(StageType::name, StageType::arguments));
  }
}
