import type { MessageFetched, PageReceived } from '../actions/history';
import type { RestoredHistory } from '../actions/storage';
import { beforeThisVisit } from '../actions/storage';
import type { MessageEvent, ReactionEvent } from '../protocol/serverEvents';
import { applyPage, applyRow } from './applyPage';
import { authorsOf } from './authors';
import type { ChannelLog } from './channelLog';
import { findMessage } from './channelLog';
import { LogEditor } from './logEditor';
import type { MessagesState } from './messagesState';
import { findLog, newLog, putLogs, trustedFrom } from './messagesState';
import type { ParkedFact, ParkedMessage } from './parked';
import { isDelete, park } from './parked';
import { pagesOf } from './restoredPages';

/** What one action tells, with one editor per channel touched. @internal */
export class MessagesBatch {
  private readonly state: MessagesState;
  private readonly editors = new Map<string, LogEditor>();
  private homeless: readonly ParkedMessage[];
  private trustedFrom: number;

  constructor(state: MessagesState) {
    this.state = state;
    this.homeless = state.homeless;
    this.trustedFrom = state.trustedFrom;
  }

  editor(channelId: string): LogEditor {
    let editor = this.editors.get(channelId);
    if (editor === undefined) {
      const log = findLog(this.state, channelId) ?? newLog(this.state, channelId);
      editor = new LogEditor(log, authorsOf(this.state.lineage));
      this.editors.set(channelId, editor);
    }
    return editor;
  }

  create(event: MessageEvent, o: number, at: number): void {
    const { channelId, id } = event.message;
    if (channelId === undefined) return;
    const editor = this.editor(channelId);
    editor.create(event.message, o, at);
    this.bringHome(editor, [id]);
  }

  page(page: PageReceived): void {
    if (page.asOf < this.trustedFrom) return;
    const editor = this.editor(page.channelId);
    applyPage(editor, page);
    this.bringHome(
      editor,
      page.messages.map(({ id }) => id),
    );
  }

  /** Only where nothing is known yet: what this visit has learned is newer than all of it (L2). */
  restore(history: RestoredHistory): void {
    const { channelId } = history;
    const own = findLog(this.state, channelId)?.timelines[0];
    const isKnown = own !== undefined && own.windows.length > 0;
    if (isKnown || trustedFrom(this.state, channelId) > beforeThisVisit) return;
    for (const page of pagesOf(history)) this.page(page);
  }

  row(fetched: MessageFetched): void {
    const { channelId, id } = fetched.message;
    if (channelId === undefined || fetched.asOf < this.trustedFrom) return;
    const editor = this.editor(channelId);
    applyRow(editor, fetched);
    this.bringHome(editor, [id]);
  }

  change(event: MessageEvent | ReactionEvent, o: number, own: boolean): void {
    const channelId =
      (event.type === 'reaction' ? event.channelId : event.message.channelId) ??
      this.channelOf(event.type === 'reaction' ? event.messageId : event.message.id);
    if (channelId !== undefined) this.editor(channelId).change(event, o, own);
    else this.waitForChannel({ event, o, own });
  }

  done(): MessagesState {
    const logs: ChannelLog[] = [];
    for (const editor of this.editors.values()) {
      const log = editor.done();
      if (log !== editor.base) logs.push(log);
    }
    const next = putLogs(this.state, logs);
    const { homeless, trustedFrom } = this;
    return homeless === next.homeless && trustedFrom === next.trustedFrom
      ? next
      : { ...next, homeless, trustedFrom };
  }

  private channelOf(messageId: string): string | undefined {
    for (const [channelId, editor] of this.editors) {
      if (editor.find(messageId) !== undefined) return channelId;
    }
    return this.state.channels.find((log) => findMessage(log, messageId) !== undefined)?.channelId;
  }

  private bringHome(editor: LogEditor, messageIds: readonly string[]): void {
    if (this.homeless.length === 0) return;
    const known = messageIds.filter((id) => editor.find(id) !== undefined);
    const waiting = this.homeless.filter(({ id }) => known.includes(id));
    if (waiting.length === 0) return;
    this.homeless = this.homeless.filter((message) => !waiting.includes(message));
    for (const { event, o, own } of waiting.flatMap(({ facts }) => facts)) {
      editor.change(event, o, own);
    }
  }

  private waitForChannel(fact: ParkedFact): void {
    const id = fact.event.type === 'reaction' ? fact.event.messageId : fact.event.message.id;
    const { parked, dropped } = park(this.homeless, id, fact);
    this.homeless = parked;
    this.trustedFrom = Math.max(this.trustedFrom, ...dropped.map((known) => known.o + 1));
    if (!dropped.some(isDelete)) return;
    for (const log of this.state.channels) this.editor(log.channelId).closeLive(null);
  }
}
