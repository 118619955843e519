import type { MessageFact } from '../src/protocol/models';
import type { BenchEvent } from './workloads';

/** A store under test, seen from outside. */
export interface PeerStore {
  /** A page of a channel's history, sorted by time. */
  page(channelId: string, rows: readonly MessageFact[]): void;
  /** What one flush of the stream brought. */
  frame(events: readonly BenchEvent[]): void;
  /** What a message list would render. */
  read(channelId: string): readonly unknown[];
  /** Calls back after every change, as a mounted component would be. */
  subscribe(onChange: () => void): void;
}

export interface Peer {
  readonly name: string;
  /** It is fed with the text that an event came as: `remember` has to be told of it. */
  readonly parses?: true;
  /** Loads what only this peer needs: for the others it would be a heap to walk. */
  load?(): Promise<void>;
  create(): PeerStore;
}
