package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.positions.FileMark;
import dev.weir.agent.loki.positions.FilePosition;
import dev.weir.agent.loki.tail.FileId.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the generations of one tail on disk: those to begin with, and those that come later.
///
/// Thread-safe: besides the tail's reader, [Held] looks while the reader is held up.
final class Lineage {
  /// So often files are looked for anew that were renamed before they could be opened.
  private static final int LOOKS = 20;

  private static final String GAP =
      "file was rotated away between two looks, and perhaps others after it";

  private final TailTarget target;
  private final Siblings.Look look;
  private final Siblings siblings;
  private final byte[] scratch = new byte[Generation.HEAD_LENGTH];
  private volatile List<FileMark> finished = List.of();
  private @Nullable EarlyFile early;

  /// @param early the file to begin with if it was opened before, when nothing is stored
  Lineage(TailTarget target, @Nullable EarlyFile early) {
    this(target, early, target.roots()::at);
  }

  Lineage(TailTarget target, @Nullable EarlyFile early, Siblings.Look look) {
    this.target = target;
    this.early = early;
    this.look = look;
    this.siblings = new Siblings(target.path(), look);
  }

  /// Generations that are confirmed whole and were last seen beside the file.
  List<FileMark> finished() {
    return finished;
  }

  /// Remembers a generation that is confirmed whole.
  synchronized void finish(Generation generation) {
    if (target.rotation() != Rotation.NONE && generation.head().length() > 0) {
      List<FileMark> more = new ArrayList<>(finished);
      more.add(generation.mark(true));
      finished = List.copyOf(more);
    }
  }

  /// The generations to begin with when nothing is stored, oldest first.
  ///
  /// @param lost told when some may have come and gone meanwhile
  synchronized List<Generation> fresh(Losses lost) throws IOException {
    Rotation history =
        target.start() == TailTarget.Start.BEGINNING ? target.rotation().history() : Rotation.NONE;
    List<Found> found = list(history);
    EarlyFile opened = early;
    if (opened != null && indexOf(found, opened.generation().id()) == found.size()) {
      // It was deleted or rotated away; what took its place is found by looking at the path.
      opened.generation().learnHead(scratch);
      early = null;
      return List.of(opened.generation());
    }
    List<Generation> all =
        history == Rotation.NUMBERED ? openAll(List.of(), found, lost) : openNow(found);
    release();
    return all;
  }

  /// Lets go of a file that was opened early and not begun with.
  synchronized void release() {
    EarlyFile unused = early;
    early = null;
    if (unused != null) {
      unused.close();
    }
  }

  /// The generations to go on with, oldest first; empty when there is no file.
  ///
  /// @param lost told of each generation that is gone with something unconfirmed
  synchronized List<Generation> resumed(FilePosition position, Losses lost) throws IOException {
    List<Found> found = list(target.rotation());
    if (found.isEmpty()) {
      return List.of();
    }
    List<Generation> chain = new ArrayList<>();
    List<FileMark> complete = new ArrayList<>();
    Set<Found> used = new HashSet<>();
    int newest = found.size();
    int gone = 0;
    try {
      for (FileMark mark : position.generations()) {
        if (mark.head().length() == 0) {
          // Nothing of it was read. It would fit any file with its inode; as nothing but a new file
          // it begins at its start just as well.
          continue;
        }
        Generation match = match(mark, found, used);
        if (match != null) {
          newest = Math.min(newest, indexOf(found, match.id()));
          boolean grows = match.id().equals(found.getFirst().id());
          keep(mark, match, grows, chain, complete);
        } else if (!mark.complete()) {
          gone++;
        }
      }
      if (newest == found.size() && target.rotation() != Rotation.NUMBERED) {
        newest = youngerThan(position.generations().getLast().modified(), found);
      }
      finished = List.copyOf(complete);
      List<Found> younger = found.subList(0, newest);
      boolean numbered = target.rotation() == Rotation.NUMBERED && newest < found.size();
      chain.addAll(numbered ? openAll(chain, younger, lost) : openNow(younger));
    } catch (IOException e) {
      closeAll(chain);
      throw e;
    }
    for (int i = 0; i < gone; i++) {
      lost.lost(0, "file was deleted, truncated or replaced while it was not being read");
    }
    return chain;
  }

  private static void keep(
      FileMark mark,
      Generation match,
      boolean grows,
      List<Generation> chain,
      List<FileMark> complete)
      throws IOException {
    if (mark.complete() && !grows) {
      complete.add(mark);
      match.close();
    } else {
      match.resume(mark);
      chain.add(match);
    }
  }

  private @Nullable Generation match(FileMark mark, List<Found> found, Set<Found> used)
      throws IOException {
    for (boolean byId : new boolean[] {true, false}) {
      for (Found file : found) {
        boolean candidate =
            byId ? isSame(mark, file) : !isSame(mark, file) && Proof.isTelling(mark.head());
        if (candidate && !used.contains(file)) {
          Content content = open(file);
          if (Proof.holds(content, mark, scratch)) {
            used.add(file);
            return new Generation(file.id(), content, file.modified());
          }
          content.close();
        }
      }
    }
    return null;
  }

  private static boolean isSame(FileMark mark, Found file) {
    return file.id().device() == mark.device()
        && file.id().inode() == mark.inode()
        && !file.compressed();
  }

  private static int indexOf(List<Found> found, FileId id) {
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).id().equals(id)) {
        return i;
      }
    }
    return found.size();
  }

  /// Generations that came after those of the chain, oldest first.
  ///
  /// @param lost told when some may have come and gone since the last look
  synchronized List<Generation> newer(List<Generation> chain, Losses lost) throws IOException {
    List<Found> found = list(target.rotation());
    int known = unknown(found, chain);
    boolean gap = known == found.size();
    prune(found);
    if (gap && target.rotation() != Rotation.NUMBERED) {
      known = youngerThan(chain.getLast().modified(), found);
    }
    List<Found> younger = found.subList(0, known);
    List<Generation> opened =
        target.rotation() == Rotation.NUMBERED ? openAll(chain, younger, lost) : openNow(younger);
    if (gap && found.size() > (target.rotation() == Rotation.NUMBERED ? 0 : 1)) {
      lost.lost(0, GAP);
    }
    return opened;
  }

  /// How many of the files are younger than any that is known.
  private int unknown(List<Found> found, List<Generation> chain) throws IOException {
    int unknown = 0;
    while (unknown < found.size() && !isKnown(found.get(unknown), chain)) {
      unknown++;
    }
    return unknown;
  }

  /// How many of the files were written to after a file that is gone was; the first is at the path
  /// and always counts.
  private static int youngerThan(long modified, List<Found> found) {
    int younger = Math.min(1, found.size());
    while (younger < found.size() && found.get(younger).modified() > modified) {
      younger++;
    }
    return younger;
  }

  private boolean isKnown(Found file, List<Generation> chain) throws IOException {
    for (Generation generation : chain) {
      boolean same = generation.id().equals(file.id());
      if (same && !generation.isClosed() && !file.compressed()) {
        // While it is held open its inode cannot be another file's.
        return true;
      }
      if (file.compressed() && !generation.isClosed() && generation.content().live()) {
        // It may have been opened when there was little in it.
        generation.learnHead(scratch);
      }
      if ((same || file.compressed()) && isOf(file, generation.mark(true))) {
        return true;
      }
    }
    for (FileMark mark : finished) {
      if ((isSame(mark, file) || file.compressed()) && isOf(file, mark)) {
        return true;
      }
    }
    return false;
  }

  private boolean isOf(Found file, FileMark mark) throws IOException {
    if (mark.head().length() == 0 || (file.compressed() && !Proof.isTelling(mark.head()))) {
      return false;
    }
    try (Content content = open(file)) {
      return Proof.holds(content, mark.head(), scratch);
    }
  }

  /// Forgets what is not beside the file any more.
  private void prune(List<Found> found) {
    boolean compressed = found.stream().anyMatch(Found::compressed);
    List<FileMark> kept = new ArrayList<>();
    for (FileMark mark : finished) {
      if (compressed || found.stream().anyMatch(file -> isSame(mark, file))) {
        kept.add(mark);
      }
    }
    finished = List.copyOf(kept.subList(Math.max(0, kept.size() - found.size()), kept.size()));
  }

  /// A copy of a generation that was truncated after it was copied, or null.
  synchronized @Nullable Generation copyOf(Generation generation) throws IOException {
    FileMark mark = generation.mark(true);
    FileMark read =
        new FileMark(
            mark.device(),
            mark.inode(),
            mark.head(),
            generation.proof(),
            generation.offset(),
            0,
            0,
            mark.modified(),
            false);
    if (!Proof.isTelling(read.head()) || read.check().length() == 0) {
      return null;
    }
    List<Found> found = list(target.rotation());
    found = found.stream().filter(file -> !file.id().equals(generation.id())).toList();
    return match(read, found, new HashSet<>());
  }

  /// The file at the path as a new generation, whatever is known of it; null when there is none.
  @Nullable Generation anew() throws IOException {
    List<Found> found = list(Rotation.NONE);
    return found.isEmpty() ? null : openNow(found).getFirst();
  }

  /// The file at the path after the newest generation had gone: perhaps the same file again.
  synchronized List<Generation> again(Generation gone) throws IOException {
    Generation anew = anew();
    if (anew == null) {
      return List.of();
    }
    FileMark mark = gone.mark(true);
    if (mark.head().length() > 0 && Proof.holds(anew.content(), mark, scratch)) {
      anew.resume(mark);
    }
    return List.of(anew);
  }

  /// What is there now, the newest first. The name of an archive says nothing more about it.
  private List<Found> list(Rotation rotation) throws IOException {
    List<Found> found = siblings.list(rotation);
    return target.compression() == null
        ? found
        : found.stream()
            .map(file -> new Found(file.path(), file.id(), false, file.modified()))
            .toList();
  }

  private Content open(Found file) throws IOException {
    Compression compression = target.compression();
    return compression == null
        ? FileId.open(file, look)
        : FileId.open(file, compression.format(), look);
  }

  /// Opens files with numbers. Those that were renamed before they could be opened are looked for
  /// anew; those that were opened stay open, so that each look brings more.
  ///
  /// @return oldest first; not all of them if the writer is too fast, then [#newer] has the rest
  private List<Generation> openAll(List<Generation> chain, List<Found> newestFirst, Losses lost)
      throws IOException {
    List<Generation> opened = new ArrayList<>();
    boolean gap = false;
    try {
      boolean whole = open(newestFirst, opened);
      for (int i = 0; !whole && i < LOOKS; i++) {
        List<Found> found = list(target.rotation());
        List<Generation> known = new ArrayList<>(chain);
        known.addAll(opened);
        int unknown = unknown(found, known);
        gap |= unknown == found.size() && unknown > 0 && !known.isEmpty();
        whole = open(found.subList(0, unknown), opened);
      }
      if (!whole && opened.isEmpty()) {
        throw new FileId.MovedException(target.path());
      }
    } catch (IOException e) {
      closeAll(opened);
      throw e;
    }
    if (gap) {
      lost.lost(0, GAP);
    }
    return opened;
  }

  /// Opens all of the files or none.
  private List<Generation> openNow(List<Found> newestFirst) throws IOException {
    List<Generation> opened = new ArrayList<>();
    try {
      if (!open(newestFirst, opened)) {
        throw new FileId.MovedException(target.path());
      }
    } catch (IOException e) {
      closeAll(opened);
      throw e;
    }
    return opened;
  }

  /// Opens files from the oldest on, until one is not where it was.
  ///
  /// @param opened gets them
  /// @return whether that are all
  private boolean open(List<Found> newestFirst, List<Generation> opened) throws IOException {
    int before = opened.size();
    try {
      for (Found file : newestFirst.reversed()) {
        opened.add(new Generation(file.id(), open(file), file.modified()));
      }
      return true;
    } catch (FileId.MovedException e) {
      return false;
    } finally {
      for (Generation generation : opened.subList(before, opened.size())) {
        // So that it is recognised even if the agent stops before it reads it.
        generation.learnHead(scratch);
      }
    }
  }

  private static void closeAll(List<Generation> generations) throws IOException {
    for (Generation generation : generations) {
      generation.close();
    }
  }

  /// Learns what went unread.
  interface Losses {
    void lost(long bytes, String message);
  }
}
