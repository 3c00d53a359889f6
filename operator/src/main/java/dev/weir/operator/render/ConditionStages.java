package dev.weir.operator.render;

import static dev.weir.operator.render.BlockDraft.block;

import dev.weir.agent.river.Block;
import dev.weir.operator.api.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Conditions as stages: each is turned into selectors, of which every one is a single comparison
/// of what is there already.
final class ConditionStages {
  private static final String MARK = "__weir_when";

  private ConditionStages() {}

  /// Drops what the condition means.
  static List<Block> drop(Condition condition, String reason) {
    List<Question> questions =
        condition.any().isEmpty()
            ? List.of(Question.of(condition.all()))
            : Question.each(condition.any());
    return questions.stream().map(one -> drop(one, reason)).toList();
  }

  /// Drops what the condition does not mean: one test that fails is enough for `all`, every one has
  /// to for `any`.
  static List<Block> keep(Condition condition, String reason) {
    List<Question> questions =
        condition.any().isEmpty()
            ? Question.each(Question.opposites(condition.all()))
            : List.of(Question.of(Question.opposites(condition.any())));
    return questions.stream().map(one -> drop(one, reason)).toList();
  }

  private static Block drop(Question question, String reason) {
    if (question.isSelectorAlone()) {
      return block("stage.match")
          .text("selector", question.selector().text())
          .text("action", "drop")
          .text("drop_counter_reason", reason)
          .build();
    }
    BlockDraft drop = block("stage.drop");
    if (!question.olderThan().isEmpty()) {
      drop.text("older_than", Units.time(question.olderThan()));
    }
    if (!question.longerThan().isEmpty()) {
      drop.text("longer_than", Units.size(question.longerThan()));
    }
    drop.text("drop_counter_reason", reason);
    return question.selector().isEmpty()
        ? drop.build()
        : block("stage.match").text("selector", question.selector().text()).add(drop).build();
  }

  /// Runs stages for what the condition means.
  static List<Block> when(Condition condition, List<Block> stages) {
    if (condition.any().isEmpty()) {
      return List.of(match(Question.of(condition.all()).selector(), stages));
    }
    if (condition.any().size() == 1) {
      return List.of(match(Question.of(condition.any()).selector(), stages));
    }
    List<Block> blocks = new ArrayList<>();
    for (Question one : Question.each(condition.any())) {
      Block mark = block("stage.static_labels").texts("values", Map.of(MARK, "1")).build();
      blocks.add(match(one.selector(), List.of(mark)));
    }
    List<Block> inside = new ArrayList<>();
    inside.add(block("stage.label_drop").texts("values", List.of(MARK)).build());
    inside.addAll(stages);
    blocks.add(match(new LogqlText().label(MARK, "=", "1"), inside));
    return blocks;
  }

  static Block match(LogqlText selector, List<Block> stages) {
    return block("stage.match").text("selector", selector.text()).addAll(stages).build();
  }
}
