package dev.weir.agent.loki.write;

import dev.weir.agent.component.Buffers;
import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Delivery;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Labels;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The queue of one sender: open pushes being filled and sealed ones waiting.
///
/// Sources append on their threads, a batch under one lock; a sender takes pushes and settles them.
/// A push is sealed, that is compressed, by who makes it full, or by the sender when it is old and
/// nothing else waits: while Loki is slow, pushes get fuller instead of more.
///
/// Thread-safe.
final class Shard {
  /// Label sets and streams remembered. Beyond, everything open is sealed and all are forgotten.
  private static final int MAX_KNOWN = 4096;

  /// Idle memory kept, in batches: that of the next open push, and of a push under way.
  private static final int POOLED_BATCHES = 3;

  /// The same where very many share the memory.
  private static final int SHARED_POOL = 32 << 10;

  /// How often to look whether others have left room.
  private static final long LOOK_AGAIN = 100_000_000;

  private enum State {
    OPEN,
    DRAINING,
    CLOSED
  }

  private final ShardSettings settings;
  private final SnappyBlocks snappy;
  private final BufferPool buffers;
  private final Scratch scratch;
  private final Buffers.Share share;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Map<Labels, Stream> streams = new HashMap<>();
  private final Map<String, Tenant> tenants = new HashMap<>();
  private final Deque<OpenPush> filling = new ArrayDeque<>();
  private final Deque<Push> queue = new ArrayDeque<>();
  private Labels lastLabels = Labels.EMPTY;
  private @Nullable Stream lastStream;
  private int activeStreams;
  private long openBytes;
  private long pushSize;
  private long queuedBytes;
  private @Nullable Push underWay;
  private State state = State.OPEN;

  Shard(ShardSettings settings, SnappyBlocks snappy) {
    this.settings = settings;
    this.snappy = snappy;
    boolean shared = settings.buffers().isLimited();
    this.buffers = new BufferPool(shared ? SHARED_POOL : POOLED_BATCHES * settings.batchSize());
    this.scratch = new Scratch(settings.buffers());
    this.share = settings.buffers().share();
  }

  /// Waits until there is room for more; returns at once where entries are dropped instead.
  void awaitRoom() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      waitForRoom(settings.blockOnOverflow());
    } finally {
      lock.unlock();
    }
  }

  private void waitForRoom(boolean patient) throws InterruptedException {
    while (patient && isFull() && state == State.OPEN) {
      if (share.isUsedUp()) {
        // Nobody tells this one when another gives memory back.
        room.awaitNanos(LOOK_AGAIN);
      } else {
        room.await();
      }
    }
  }

  private boolean isFull() {
    return queuedBytes >= settings.capacity() || share.isUsedUp();
  }

  private void tellShare() {
    // The arrays of open streams grow by doubling: up to half of them is room.
    share.holds(2 * openBytes + queuedBytes);
  }

  /// Encodes the batch's entries that belong here. Waits before the first, never after it, so that
  /// a batch is taken whole or not at all.
  void append(Batch batch) throws InterruptedException {
    append(batch, settings.blockOnOverflow());
  }

  /// The same, but always waits.
  void appendWaiting(Batch batch) throws InterruptedException {
    append(batch, true);
  }

  private void append(Batch batch, boolean patient) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      waitForRoom(patient);
      if (state != State.OPEN) {
        // The source keeps its own hold, so this ends nothing yet.
        batch.delivery().retain();
        batch.delivery().fail();
      } else if (isFull() && !patient) {
        dropAll(batch);
      } else {
        appendAll(batch);
      }
    } finally {
      lock.unlock();
    }
  }

  private void appendAll(Batch batch) {
    Delivery delivery = batch.delivery();
    int size = batch.size();
    pushSize = share.atATime(settings.batchSize());
    for (int i = 0; i < size; i++) {
      Entry entry = batch.get(i);
      Stream stream = streamOf(entry.labels());
      if (stream != null) {
        append(entry, stream, delivery);
      }
    }
    while (openBytes > Math.max(settings.capacity(), settings.batchSize())) {
      seal(filling.element());
    }
    tellShare();
  }

  private void append(Entry entry, Stream stream, Delivery delivery) {
    if (stream.isRefused()) {
      TenantMetrics metrics = stream.tenant().metrics();
      metrics.dropped(DropReason.NAMESPACE_NOT_ALLOWED, 1, EntryEncoder.payload(entry));
      return;
    }
    OpenPush open = stream.tenant().open();
    if (open.isFullFor(entry, stream, pushSize)) {
      seal(open);
    }
    if (stream.isEmpty() && isTooMany()) {
      TenantMetrics metrics = stream.tenant().metrics();
      metrics.dropped(DropReason.STREAM_LIMITED, 1, EntryEncoder.payload(entry));
      return;
    }
    if (open.isEmpty()) {
      filling.addLast(open);
      changed.signal();
    }
    activeStreams += stream.isEmpty() ? 1 : 0;
    int before = open.size();
    open.append(entry, stream, delivery, buffers);
    openBytes += open.size() - before;
  }

  private boolean isTooMany() {
    return settings.maxStreams() > 0 && activeStreams >= settings.maxStreams();
  }

  private void dropAll(Batch batch) {
    for (int i = 0; i < batch.size(); i++) {
      Entry entry = batch.get(i);
      Stream stream = streamOf(entry.labels());
      if (stream != null) {
        TenantMetrics metrics = stream.tenant().metrics();
        metrics.dropped(DropReason.QUEUE_IS_FULL, 1, EntryEncoder.payload(entry));
      }
    }
  }

  /// The stream of entries with these labels, null when it belongs to another shard.
  private @Nullable Stream streamOf(Labels labels) {
    if (lastStream != null && labels.equals(lastLabels)) {
      return lastStream;
    }
    Stream stream = streams.get(labels);
    if (stream == null) {
      stream = newStream(labels);
    }
    lastLabels = labels;
    lastStream = stream;
    return stream;
  }

  private @Nullable Stream newStream(Labels labels) {
    Labels sent = settings.sent(labels);
    if (Math.floorMod(sent.hashCode(), settings.shards()) != settings.shard()) {
      return null;
    }
    if (streams.size() >= MAX_KNOWN) {
      forgetStreams();
    }
    String name = settings.tenantOf(labels);
    Tenant tenant =
        tenants.computeIfAbsent(name, key -> new Tenant(key, settings.metrics().of(key)));
    Stream stream = settings.allows(labels) ? tenant.stream(sent) : new Stream(tenant);
    streams.put(labels, stream);
    return stream;
  }

  private void forgetStreams() {
    while (!filling.isEmpty()) {
      seal(filling.element());
    }
    streams.clear();
    tenants.clear();
    lastStream = null;
  }

  private void seal(OpenPush open) {
    int size = open.size();
    byte[] plain = scratch.plain(size);
    byte[] packed = scratch.packed(snappy.maxCompressedLength(size));
    int length = snappy.compress(plain, open.writeTo(plain), packed);
    byte[] bytes = buffers.take(length);
    System.arraycopy(packed, 0, bytes, 0, length);
    scratch.done(size > 4 * settings.batchSize());
    queue.addLast(open.sealed(bytes, length));
    queuedBytes += bytes.length;
    activeStreams -= open.streams();
    openBytes -= size;
    open.clear(buffers);
    filling.remove(open);
    changed.signal();
  }

  /// The next push to deliver; waits for one. Null when there will be none.
  @Nullable Push take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (state != State.CLOSED) {
        long wait = sealOverdue();
        Push push = queue.poll();
        if (push != null) {
          underWay = push;
          return push;
        }
        if (state == State.DRAINING) {
          return null;
        }
        changed.awaitNanos(wait);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /// A sealed push if there is one.
  @Nullable Push poll() {
    lock.lock();
    try {
      return queue.poll();
    } finally {
      lock.unlock();
    }
  }

  /// Bytes that wait: compressed, and encoded as long as they are not.
  long waitingBytes() {
    lock.lock();
    try {
      return queuedBytes + openBytes;
    } finally {
      lock.unlock();
    }
  }

  /// How long the oldest entry has waited, 0 when there is none.
  long oldestNanos() {
    lock.lock();
    try {
      Push first = underWay != null ? underWay : queue.peek();
      OpenPush open = filling.peek();
      if (first == null && open == null) {
        return 0;
      }
      return System.nanoTime() - (first != null ? first.since() : open.since());
    } finally {
      lock.unlock();
    }
  }

  /// Seals the oldest open push when nothing else waits and it has waited long enough; returns how
  /// long that will still take.
  private long sealOverdue() {
    OpenPush oldest = filling.peek();
    if (oldest == null || !queue.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long wait = oldest.since() + settings.batchWait().toNanos() - System.nanoTime();
    if (wait > 0 && state == State.OPEN) {
      return wait;
    }
    seal(oldest);
    tellShare();
    return 0;
  }

  /// Waits out a back-off; ends early when the shard starts draining or closes.
  void pause(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      State before = state;
      long left = nanos;
      while (left > 0 && state == before && state != State.CLOSED) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return state == State.CLOSED;
    } finally {
      lock.unlock();
    }
  }

  /// Ends a push that [#take] gave.
  ///
  /// @param delivered false to hand its entries back to their sources
  void settle(Push push, boolean delivered) {
    if (delivered) {
      push.release();
    } else {
      push.fail();
    }
    lock.lock();
    try {
      underWay = null;
      byte[] bytes = push.whole().bytes();
      queuedBytes -= bytes.length;
      buffers.give(bytes);
      tellShare();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Takes no more entries, and lets the sender end once all are sent.
  void drain() {
    changeTo(State.DRAINING);
  }

  /// Takes no more entries and gives none to the sender.
  void close() {
    changeTo(State.CLOSED);
  }

  private void changeTo(State next) {
    lock.lock();
    try {
      if (next.compareTo(state) > 0) {
        state = next;
      }
      changed.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Hands everything that is left back to its sources. After [#close] and the sender's end.
  ///
  /// @return the number of entries
  long failAll() {
    lock.lock();
    try {
      long entries = 0;
      for (OpenPush open = filling.poll(); open != null; open = filling.poll()) {
        entries += open.fail(buffers);
      }
      for (Push push = queue.poll(); push != null; push = queue.poll()) {
        push.fail();
        entries += push.whole().entries();
      }
      queuedBytes = 0;
      openBytes = 0;
      tellShare();
      return entries;
    } finally {
      lock.unlock();
    }
  }
}
