package dev.weir.agent.stack;

import java.util.ArrayList;
import java.util.List;

/// A fenced block of the operations guide.
///
/// @param needs what must run for its commands, from the mark before it; empty without one
record GuideBlock(int line, String language, String needs, String text) {
  private static final String MARK = "<!-- needs: ";

  /// The blocks of a page, in order.
  static List<GuideBlock> of(String page) {
    List<GuideBlock> blocks = new ArrayList<>();
    List<String> lines = page.lines().toList();
    String needs = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith(MARK)) {
        needs = line.substring(MARK.length(), line.indexOf(" -->"));
      } else if (line.startsWith("```")) {
        int end = i + 1;
        while (!lines.get(end).strip().equals("```")) {
          end++;
        }
        int indent = lines.get(i).indexOf('`');
        String text =
            String.join(
                "\n",
                lines.subList(i + 1, end).stream()
                    .map(inner -> inner.substring(Math.min(indent, inner.length())))
                    .toList());
        blocks.add(new GuideBlock(i + 1, line.substring(3), needs, text));
        needs = "";
        i = end;
      }
    }
    return blocks;
  }

  /// The commands of a shell block, one a line.
  List<String> commands() {
    return text.lines().filter(line -> !line.isBlank()).toList();
  }

  @Override
  public String toString() {
    return "line " + line + " (" + language + ")";
  }
}
