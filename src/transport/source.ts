import type { SourceName } from '../protocol/connectionStatus';
import type { TryHandlers } from './eventStreamTry';
import type { SourceTry } from './tryLife';

/** What one try is made with. */
interface SourceRequest {
  readonly token: string;
  /** Where to go on, or `null`. */
  readonly lastEventId: string | null;
}

/** What a source calls while it lives. @internal */
export interface SourceHandlers extends TryHandlers {
  /** The server says whether it goes on where it was asked to, without a hole. Comes before the first frame. */
  readonly onContinuity: (isWhole: boolean) => void;
}

/**
 * One way to hear the server. The machine of a connection knows no more of it: tries, delays, tokens and the watch for
 * silence are the machine's own.
 *
 * @internal
 */
export interface Source {
  readonly name: SourceName;
  /** Whether it ends by itself where nothing comes: then nobody else measures its silence. */
  readonly watchesSilence: boolean;
  /** Opens it once. Nothing is called before this returns. */
  open(request: SourceRequest, handlers: SourceHandlers): SourceTry;
}
