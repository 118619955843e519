import type { HudhudAction } from '../actions/define';
import { isType } from '../actions/define';
import { channelsReceived, snapshotApplied } from '../actions/history';
import { channelEventsReceived, channelInitialised } from '../actions/stream';
import type { ChannelFact } from '../protocol/models';

/** Names that are remembered. */
const maxNames = 1_000;

function channelsIn(action: HudhudAction): readonly ChannelFact[] {
  if (isType(action, snapshotApplied)) return action.payload.channels;
  if (isType(action, channelsReceived)) return action.payload.channels;
  if (isType(action, channelInitialised)) return [action.payload.event.channel];
  if (isType(action, channelEventsReceived)) {
    return action.payload.events.flatMap(({ channel }) => (channel === undefined ? [] : [channel]));
  }
  return [];
}

/** Names of channels, as the actions that pass by tell them. @internal */
export class ChannelNames {
  private readonly names = new Map<string, string>();

  learn(action: HudhudAction): void {
    for (const { id, slug, name } of channelsIn(action)) {
      const said = slug ?? name;
      if (said === undefined) continue;
      if (this.names.size >= maxNames) this.names.clear();
      this.names.set(id, said);
    }
  }

  /** `#general`, or the beginning of its id. */
  of(channelId: string): string {
    return `#${this.names.get(channelId) ?? channelId.slice(0, 8)}`;
  }
}
