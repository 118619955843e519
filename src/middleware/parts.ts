import type { Eviction } from './eviction';
import { createEviction } from './eviction';
import { createExpiryLoop } from './expiryLoop';
import { createIngest } from './ingest';
import type { Loader } from './loader';
import { createLoader } from './loader';
import type { OutboxRunner } from './outboxRunner';
import { createOutboxRunner } from './outboxRunner';
import { createPersistence } from './persistence/createPersistence';
import type { Persistence } from './persistence/persistence';
import type { Polling } from './polling';
import { createPolling } from './polling';
import type { Present } from './present';
import { createPresent } from './present';
import { presentRuntime } from './presentRuntime';
import type { ReadAnchors } from './readAnchors';
import { createReadAnchors } from './readAnchors';
import type { Reads } from './reads';
import { createReads } from './reads';
import type { Resync } from './resync';
import { createResync } from './resync';
import type { Runtime, StoreApi } from './runtime';
import type { Sampling } from './sampling';
import { createSampling } from './sampling';
import type { Streams } from './streams';
import { createStreams } from './streams';
import type { TimeTravel } from './timeTravel';
import type { Uploads } from './uploads';
import { createUploads } from './uploads';
import type { ViewerSearch } from './viewerSearch';
import { createViewerSearch } from './viewerSearch';

/** What one store brings to life. @internal */
export interface Parts {
  /** As the parts have it: what reaches it from outside reaches it in the present. */
  readonly runtime: Runtime;
  readonly present: Present;
  readonly eviction: Eviction;
  readonly loader: Loader;
  readonly persistence: Persistence;
  readonly outbox: OutboxRunner;
  readonly uploads: Uploads;
  readonly viewer: ViewerSearch;
  readonly anchors: ReadAnchors;
  readonly resync: Resync;
  readonly reads: Reads;
  readonly polling: Polling;
  readonly streams: Streams;
  readonly sampling: Sampling | null;
}

/**
 * Makes the parts of one store and shows them to each other; what they do is theirs.
 *
 * @internal
 */
export function createParts(whole: Runtime, store: StoreApi, travel: TimeTravel): Parts {
  const present = createPresent(whole, travel, {
    onLost(stream) {
      streams.broken(stream);
    },
    onAdopted() {
      streams.broken();
      if (streams.snapshots().length > 0) void resync.refresh();
    },
  });
  const runtime = presentRuntime(whole, present);
  const expiry = createExpiryLoop(runtime, store);
  const eviction = createEviction(runtime, store);
  const ingest = createIngest(runtime, store);
  const loader = createLoader(runtime, store, ingest);
  const persistence = createPersistence(runtime, store, (opId) => outbox.owns(opId));
  const outbox = createOutboxRunner(runtime, store, loader, (opId) => persistence.saved(opId));
  const uploads = createUploads(runtime, store);
  const viewer = createViewerSearch(runtime, store);
  const anchors = createReadAnchors(runtime, store);
  const resync = createResync(runtime, store, loader);
  const { workspaceRead } = resync;
  const { pageWanted } = eviction;
  const reads = createReads(runtime, store, ingest, loader, { pageWanted, workspaceRead });
  const polling = createPolling(runtime, store, () => loader.poll(resync.pollTarget()));
  const streams = createStreams(whole, store, expiry, {
    hear: present.hear,
    onChange(snapshot) {
      if (snapshot.stream === 'main') polling.changed(snapshot);
    },
    onOpened: resync.streamOpened,
    onClosed: resync.streamClosed,
    onHeard(stream) {
      if (stream === 'main') polling.heard();
    },
    onContinuity: resync.continuityTold,
  });
  const read = () => runtime.meter.read(streams.snapshots());
  const sampling = runtime.sampleMetrics ? createSampling({ ...runtime, read }, store) : null;
  return {
    ...{ runtime, present, eviction, loader, persistence, outbox, uploads, viewer, anchors },
    ...{ resync, reads, polling, streams, sampling },
  };
}
