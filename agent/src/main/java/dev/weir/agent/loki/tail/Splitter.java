package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.tail.LineFormat.DockerJsonLines;
import dev.weir.agent.loki.tail.LineFormat.DockerLocalRecords;
import dev.weir.agent.loki.tail.LineFormat.PlainLines;
import dev.weir.agent.loki.tail.LineFormat.PodLines;
import java.io.IOException;

/// Makes entries of one file's bytes. Belongs to one tail and keeps what spans chunks.
interface Splitter {
  /// The most entries of one batch.
  int BATCH_LIMIT = 1024;

  /// The one for a format.
  ///
  /// @param longestLine bytes of text, for formats that do not say it themselves
  static Splitter of(LineFormat format, int longestLine) {
    return switch (format) {
      case PlainLines plain -> new PlainSplitter(plain, longestLine);
      case DockerJsonLines json -> new DockerJsonSplitter(json, longestLine);
      case DockerLocalRecords local -> new DockerLocalSplitter(local, longestLine);
      case PodLines pod -> new PodSplitter(pod);
    };
  }

  /// Uses other labels from now on; the kind of format stays.
  void format(LineFormat format);

  /// Learns from the start of a generation what the rest depends on.
  ///
  /// @param scratch a few bytes to read into
  default void prepare(Generation generation, byte[] scratch) throws IOException {}

  /// How much of the bytes from `from` to `to` is whole lines or records.
  ///
  /// @return the place behind the last whole one, `from` when there is none
  int complete(byte[] bytes, int from, int to);

  /// Makes entries until the chunk's whole records are used up or the batch is full, and moves the
  /// chunk's start behind what it used.
  void split(Chunk chunk, Batch batch);

  /// Makes entries of bytes without an end: they will never get one, or there are so many that the
  /// line is cut. Uses up the chunk, or as much as the longest line has.
  ///
  /// @param last whether nothing follows
  void cut(Chunk chunk, Batch batch, boolean last);

  /// Makes entries of what is held from earlier chunks, because the source has ended.
  void flush(Batch batch);

  /// Where the oldest record of a stream (0 stdout, 1 stderr) that is held starts.
  ///
  /// @return `end` when nothing is held; 0 when what is held began in an older generation
  long heldFrom(int stream, Generation generation, long end);

  /// Whether something is held that began in an older generation.
  boolean holdsOlder(Generation generation);

  /// Forgets what is held, to read it again.
  void reset();
}
